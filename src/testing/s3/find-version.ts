import { AwsFault, accessDenied } from '../world/aws-fault.js'
import type { StoredObject } from '../world/stored-object.js'
import type { Call, FakeBucket, World } from '../world/world.js'
import { authorizeObject, bucketNamed, mayList, type ObjectAddress } from './bucket-access.js'

/** A version of an object, with where it is. */
export interface FoundVersion {
  readonly bucket: FakeBucket
  readonly key: string
  readonly object: StoredObject
}

/** Finds the object a call names, its current version or another one, for a caller who may do that with it. */
export function findVersion(
  world: World,
  call: Call,
  input: ObjectAddress,
  actions: readonly string[],
): FoundVersion {
  const bucket = bucketNamed(world, input.Bucket)
  const key = input.Key ?? ''
  for (const action of actions) authorizeObject(world, call, action, bucket, key)
  const versions = bucket.objects.versionsOf(key)
  const object =
    input.VersionId === undefined
      ? versions[0]
      : versions.find(({ versionId }) => versionId === input.VersionId)
  if (object?.isDeleteMarker && input.VersionId !== undefined) {
    throw new AwsFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405)
  }
  if (object !== undefined && !object.isDeleteMarker) return { bucket, key, object }
  // Who may not list is not told what there is not.
  if (!mayList(world, call, bucket)) throw accessDenied('s3', 'Access Denied')
  throw input.VersionId === undefined
    ? new AwsFault('NoSuchKey', 'The specified key does not exist.', 404)
    : new AwsFault('NoSuchVersion', 'The specified version does not exist.', 404)
}

/** The action that reads an object: another one when a version is named. */
export function readAction({ VersionId }: ObjectAddress): string {
  return VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'
}
