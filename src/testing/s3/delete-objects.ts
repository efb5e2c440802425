import type { DeleteObjectsCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { bucketNamed } from './bucket-access.js'
import { deleteObject } from './delete-object.js'

/** Deletes up to a thousand objects; what cannot be deleted is told of each. */
export function deleteObjects(world: World, call: Call, input: DeleteObjectsCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  const { Objects = [], Quiet = false } = input.Delete ?? {}
  if (Objects.length === 0 || Objects.length > 1_000)
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    )
  const answers = Objects.map(({ Key, VersionId }) => {
    const named = { Key, ...(VersionId !== undefined && { VersionId }) }
    try {
      const { DeleteMarker, VersionId: made } = deleteObject(world, call, { Bucket: bucket.name, ...named })
      const marker = DeleteMarker && made !== undefined && { DeleteMarker, DeleteMarkerVersionId: made }
      return { deleted: { ...named, ...marker } }
    } catch (thrown) {
      if (!(thrown instanceof AwsFault)) throw thrown
      return { error: { ...named, Code: thrown.name, Message: thrown.message } }
    }
  })
  const Deleted = answers.flatMap(({ deleted }) => deleted ?? [])
  const Errors = answers.flatMap(({ error }) => error ?? [])
  return { ...(!Quiet && Deleted.length > 0 && { Deleted }), ...(Errors.length > 0 && { Errors }) }
}
