import { expect, test } from 'vitest'
import { fromRequest, labelingJob } from '../../src/index.js'
import { writeLabelCategories } from '../../src/manifests/index.js'
import { requiredPermissions } from '../../src/permissions/index.js'
import { fakeAws } from '../../src/testing/index.js'

const region = { region: 'us-east-1' }
const request = { LabelingJobName: 'a', RoleArn: 'arn:aws:iam::111122223333:role/Gt' }
const untyped = (value: unknown) => value as never

test.each<[string, () => unknown, string]>([
  ['a region in an object', () => labelingJob().problems(untyped(region)), 'the region is an object'],
  ['no job', () => requiredPermissions(untyped(undefined), region), 'is no job: give a job'],
  ['a job that is a string', () => requiredPermissions(untyped('a'), region), '"a" is no job'],
  ['a request without a role', () => requiredPermissions(untyped({}), region), 'the request names no role'],
  [
    'a stopping condition that is null',
    () => labelingJob().stopWhen(untyped({ humanLabeled: null })),
    'humanLabeled is null, which would silently mean that there is none',
  ],
  [
    'an option that is null',
    () => labelingJob().workers(untyped('arn'), untyped({ price: null })),
    'price is null',
  ],
  ['no region', () => requiredPermissions(untyped(request), untyped(undefined)), 'there is no region'],
])('%s is refused by name, not by a TypeError', (_what, call, why) => {
  expect(call).toThrow(expect.objectContaining({ code: 'refused-call', why: expect.stringContaining(why) }))
})

test.each([
  ['an array', [], 'got an array'],
  ['nothing', undefined, 'got undefined'],
])('%s is no request, and the error says what it is', (_what, given, why) => {
  expect(() => fromRequest(untyped(given))).toThrow(
    expect.objectContaining({ code: 'invalid-job', why: expect.stringContaining(why) }),
  )
})

test('a label that is a string is not written as the label category file', async () => {
  const cloud = fakeAws()
  const writing = writeLabelCategories(untyped('Stop'), 's3://acme-gt/ui/labels.json', cloud.connect())

  await expect(writing).rejects.toMatchObject({
    code: 'refused-call',
    why: 'the string is no JSON object: give what labelCategories() makes',
  })
  expect(cloud.calls.writes()).toEqual([])
})
