import { AwsFault } from '../world/aws-fault.js'
import type { StoredObject } from '../world/stored-object.js'

/** What a call wants of the object that is there. */
export interface Preconditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/** Refuses a write to an object that is not what the caller takes it for. */
export function checkPreconditions(object: StoredObject | undefined, wanted: Preconditions): void {
  const { IfMatch, IfNoneMatch } = wanted
  if (IfMatch !== undefined && object === undefined) {
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.', 404)
  }
  if (IfMatch !== undefined && !isSame(object, IfMatch)) throw preconditionFailed()
  if (IfNoneMatch === '*' && object !== undefined) throw preconditionFailed()
}

/** Refuses a read of an object that is not what the caller takes it for. */
export function checkEtag(object: StoredObject, wanted: string | undefined): void {
  if (wanted !== undefined && !isSame(object, wanted)) throw preconditionFailed()
}

function isSame(object: StoredObject | undefined, etag: string): boolean {
  return etag === '*' || object?.etag === `"${etag.replaceAll('"', '')}"`
}

function preconditionFailed(): AwsFault {
  return new AwsFault(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  )
}
