import type { DeleteObjectCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { authorizeObject, bucketNamed } from './bucket-access.js'

/** Deletes an object, or in a bucket with versions puts a delete marker on it; a version that is named goes for ever. */
export function deleteObject(world: World, call: Call, input: DeleteObjectCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  const { Key: key = '', VersionId } = input
  const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'
  authorizeObject(world, call, action, bucket, key)
  call.wrote()
  if (VersionId === undefined && bucket.hasVersions) {
    const marker = bucket.objects.put(key, {
      content: '',
      encryption: { kind: 'none' },
      lastModified: call.at,
      isDeleteMarker: true,
    })
    return { DeleteMarker: true, VersionId: marker.versionId }
  }
  const version = VersionId ?? 'null'
  const object = bucket.objects.versionsOf(key).find(({ versionId }) => versionId === version)
  if (object?.isLockedAt(call.at)) {
    throw new AwsFault('AccessDenied', 'Access Denied because object protected by object lock.', 403)
  }
  bucket.objects.remove(key, version)
  return {
    ...(VersionId !== undefined && { VersionId }),
    ...(object?.isDeleteMarker && { DeleteMarker: true }),
  }
}
