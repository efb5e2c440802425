import type {
  AddTagsCommandInput,
  DeleteTagsCommandInput,
  ListTagsCommandInput,
} from '@aws-sdk/client-sagemaker'
import { authorize } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { page } from '../world/page.js'
import type { Call, FakeJob, Operations, World } from '../world/world.js'

/** The tags of labeling jobs. */
export const TAGS: Operations = { AddTags: addTags, ListTags: listTags, DeleteTags: deleteTags }

function addTags(world: World, call: Call, { ResourceArn, Tags = [] }: AddTagsCommandInput) {
  const job = jobOf(world, call, ResourceArn, 'sagemaker:AddTags')
  const keys = new Set(Tags.map(({ Key }) => Key))
  const kept = (job.request.Tags ?? []).filter(({ Key }) => !keys.has(Key))
  const all = [...kept, ...Tags.map(({ Key = '', Value = '' }) => ({ Key, Value }))]
  if (all.length > 50) throw new AwsFault('ResourceLimitExceeded', 'A resource can have at most 50 tags.')
  job.request.Tags = all
  call.wrote()
  return { Tags: all.map((tag) => ({ ...tag })) }
}

function listTags(world: World, call: Call, input: ListTagsCommandInput) {
  const job = jobOf(world, call, input.ResourceArn, 'sagemaker:ListTags')
  const size = Math.min(input.MaxResults ?? 50, world.pageSize)
  const { shown, next } = page(job.request.Tags ?? [], size, input.NextToken, 'ValidationException')
  return { Tags: shown.map((tag) => ({ ...tag })), ...(next !== undefined && { NextToken: next }) }
}

function deleteTags(world: World, call: Call, { ResourceArn, TagKeys = [] }: DeleteTagsCommandInput) {
  const job = jobOf(world, call, ResourceArn, 'sagemaker:DeleteTags')
  job.request.Tags = (job.request.Tags ?? []).filter(({ Key }) => !TagKeys.includes(Key))
  call.wrote()
  return {}
}

function jobOf(world: World, call: Call, arn = '', action: string): FakeJob {
  authorize(world, call, action, arn)
  const job = world.jobs.get(arn)
  if (job === undefined) throw new AwsFault('ResourceNotFound', `The resource ${arn} does not exist.`)
  return job
}
