import type { Operations } from '../world/world.js'
import { getBucketPolicy } from './bucket-policy.js'
import { BUCKET_SETTINGS } from './bucket-settings.js'
import { copyObject } from './copy-object.js'
import { deleteObject } from './delete-object.js'
import { deleteObjects } from './delete-objects.js'
import { withExpectedOwner } from './expected-owner.js'
import { listObjects } from './list-objects.js'
import { listVersions } from './list-versions.js'
import { MULTIPART } from './multipart-upload.js'
import { putObject } from './put-object.js'
import { getObject, headObject } from './read-objects.js'
import { updateEncryption } from './update-encryption.js'

/** The S3 of the fake: buckets with objects and their versions, each with what it is encrypted with. */
export const S3: Operations = withExpectedOwner({
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  ...MULTIPART,
  UpdateObjectEncryption: updateEncryption,
  ListObjectsV2: listObjects,
  ListObjectVersions: listVersions,
  ...BUCKET_SETTINGS,
  GetBucketPolicy: getBucketPolicy,
})
