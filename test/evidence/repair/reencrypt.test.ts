import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { planReencryption, reencrypt } from '../../../src/evidence/index.js'
import { outputKey } from '../../../src/index.js'
import type { FakeAws } from '../../../src/testing/index.js'
import { MANIFEST } from '../../testing/sagemaker/labeling-world.js'
import { ARN, endedJob, FOLDER, FOREIGN } from './repair-world.js'

const KEY = outputKey('alias/ours')
const NONE = { done: 0, 'already-done': 0, 'changed-since': 0, failed: 0, 'not-tried': 0 }

function head(cloud: FakeAws, uri: string, more: object = {}) {
  const Key = uri.slice('s3://acme-gt/'.length)
  return cloud.send(new HeadObjectCommand({ Bucket: 'acme-gt', Key, ...more }))
}

test('the objects of a plan get under its key, each looked at before and after', async () => {
  const { aws, cloud, ours } = await endedJob()
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.calls.clear()
  const shown: string[] = []

  const done = await reencrypt(plan, aws, { onProgress: (progress) => shown.push(String(progress)) })

  expect({ ...done }).toEqual({ ok: true, counts: { ...NONE, done: 8 }, failed: [] })
  expect(String(done)).toContain('every object of the plan is under the key')
  for (const { uri, etag } of plan.objects) {
    expect(await head(cloud, uri)).toMatchObject({ SSEKMSKeyId: ours, ETag: etag })
  }
  expect(cloud.calls.names().filter((name) => name === 's3:HeadObject')).toHaveLength(24)
  expect(new Set(cloud.calls.writes().map(({ name }) => name))).toEqual(
    new Set(['s3:UpdateObjectEncryption']),
  )
  expect(shown).toHaveLength(8)
  expect(shown.at(-1)).toContain('objects: 8 of 8; done: 8')
})

test('a plan that went through JSON is carried out, once', async () => {
  const { aws, cloud } = await endedJob()
  const plan = JSON.parse(JSON.stringify(await planReencryption({ arn: ARN }, KEY, aws)))

  const first = await reencrypt(plan, aws)
  cloud.calls.clear()
  const second = await reencrypt({ ...plan, objects: [...plan.objects, ...plan.objects] }, aws)

  expect(first.counts).toEqual({ ...NONE, done: 8 })
  expect(second.counts).toEqual({ ...NONE, 'already-done': 8 })
  expect(second.ok).toBe(true)
  expect(cloud.calls.writes()).toEqual([])
})

test('an edited plan puts nothing under a key that nobody named', async () => {
  const { aws, cloud, old, ours } = await endedJob()
  const open = { Effect: 'Allow' as const, Principal: '*', Action: 'kms:*', Resource: '*' }
  const policy = { Version: '2012-10-17' as const, Statement: [open] }
  const theirs = cloud.key({ account: '444455556666', policy }).keyArn
  const made = await planReencryption({ arn: ARN }, KEY, aws)
  const edited = (keyArn: string) => JSON.parse(JSON.stringify({ ...made, keyArn }))
  cloud.calls.clear()

  await expect(reencrypt(edited(theirs), aws)).rejects.toMatchObject({
    code: 'refused-call',
    message: expect.stringContaining(
      `${theirs}, a key of another account than the job's: name it in { key }`,
    ),
  })
  await expect(reencrypt(edited(old), aws, { key: KEY })).rejects.toMatchObject({
    code: 'refused-call',
    message: expect.stringContaining(`under ${old}, and { key } is ${ours}: plan anew with that key`),
  })
  await expect(reencrypt(made, aws, { key: 7 as never })).rejects.toMatchObject({ code: 'refused-call' })
  expect(cloud.calls.writes()).toEqual([])
  expect((await reencrypt(made, aws, { key: KEY })).counts).toEqual({ ...NONE, done: 8 })
})

test('what is copied over itself keeps its storage class, and a second run leaves it alone', async () => {
  const { aws, cloud, ours } = await endedJob({ objects: 1 })
  const uri = `${FOLDER}z/a b+c:ü%&/x.json` as const
  cloud.object(uri, 'x', { encryption: 'none', storageClass: 'STANDARD_IA', contentType: 'text/plain' })
  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })

  const first = await reencrypt(plan, aws)
  const after = await head(cloud, uri)
  const second = await reencrypt(plan, aws)

  expect(first.counts).toEqual({ ...NONE, done: 6 })
  expect(after).toMatchObject({ SSEKMSKeyId: ours, StorageClass: 'STANDARD_IA', ContentType: 'text/plain' })
  expect(cloud.read(uri)).toBe('x')
  expect(second.counts).toEqual({ ...NONE, 'already-done': 6 })
})

test('an S3 Bucket Key is kept, in place and by a copy', async () => {
  const { aws, cloud, old, ours } = await endedJob({ objects: 1 })
  cloud.object(`${FOLDER}z/1`, '', { key: old, bucketKey: true })
  cloud.object(`${FOLDER}z/2`, '', { key: old, encryption: 'dsse', bucketKey: true })
  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })

  await reencrypt(plan, aws)

  for (const name of ['z/1', 'z/2']) {
    const expected = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ours, BucketKeyEnabled: true }
    expect(await head(cloud, `${FOLDER}${name}`)).toMatchObject(expected)
  }
})

test('what changed since the plan is left alone', async () => {
  const { aws, cloud, old, ours } = await endedJob({ objects: 1, versions: true })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.object(MANIFEST, 'new', { key: old })

  const { counts, ok } = await reencrypt(plan, aws)

  expect(counts).toEqual({ ...NONE, done: 4, 'changed-since': 1 })
  expect(ok).toBe(false)
  expect(await head(cloud, MANIFEST)).toMatchObject({ SSEKMSKeyId: old })
  const planned = plan.objects.find(({ uri }) => uri === MANIFEST)
  expect(await head(cloud, MANIFEST, { VersionId: planned?.versionId })).toMatchObject({ SSEKMSKeyId: old })
  expect((await planReencryption({ arn: ARN }, KEY, aws)).objects).toMatchObject([{ uri: MANIFEST }])
  expect(ours).not.toBe(old)
})

test('noncurrent versions are changed by their version', async () => {
  const { aws, cloud, ours } = await endedJob({ objects: 1, versions: true })
  cloud.object(MANIFEST, '2')
  const plan = await planReencryption({ arn: ARN }, KEY, aws, { versions: true })

  const { counts } = await reencrypt(plan, aws)

  expect(plan.objects.filter(({ noncurrent }) => noncurrent)).toHaveLength(3)
  expect(counts).toEqual({ ...NONE, done: 8 })
  for (const { uri, versionId: VersionId } of plan.objects) {
    expect(await head(cloud, uri, { VersionId })).toMatchObject({ SSEKMSKeyId: ours })
  }
})

test.each([
  ['another folder', 's3://acme-gt/in/dataset.manifest'],
  ['a folder that begins alike', 's3://acme-gt/out/Street-Signs-2/x'],
  ['another bucket', 's3://other/out/Street-Signs/x'],
  ['a way out of the folder', `${FOLDER}../../in/dataset.manifest`],
  ['a lone half of a character', `${FOLDER}\ud800`],
])('an edited plan does not touch %s', async (_, uri) => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.object('s3://acme-gt/out/Street-Signs-2/x', '')
  cloud.object('s3://other/out/Street-Signs/x', '')
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  const object = { uri, etag: '"d41d8cd98f00b204e9800998ecf8427e"', how: 'update-encryption' as const }
  cloud.calls.clear()

  const { counts, failed } = await reencrypt(
    { ...plan.toJSON(), folder: 's3://acme-gt/', objects: [object as never] },
    aws,
  )

  expect(counts).toEqual({ ...NONE, failed: 1 })
  expect(failed).toHaveLength(1)
  expect(cloud.calls.names().filter((name) => name.startsWith('s3:'))).toEqual([])
})

test('an edited plan does not copy what S3 changes in place, nor change in place what needs a copy', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.object(`${FOLDER}z`, '', { encryption: 'none' })
  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })
  const swapped = plan.objects.map((object) => ({
    ...object,
    how: object.how === 'copy-in-place' ? ('update-encryption' as const) : ('copy-in-place' as const),
  }))

  const { counts, failed } = await reencrypt({ ...plan.toJSON(), objects: swapped }, aws)

  expect(counts).toEqual({ ...NONE, done: 5, failed: 1 })
  expect(failed).toMatchObject([{ uri: `${FOLDER}z`, why: expect.stringContaining('{ copyInPlace: true }') }])
  expect(cloud.calls.names()).not.toContain('s3:CopyObject')
})

test.each([
  [undefined, 'the plan is undefined'],
  [[], 'the plan is an array'],
  [{}, 'arn of the plan is undefined'],
  [{ keyArn: 'alias/x' }, 'keyArn of the plan is "alias/x"'],
  [{ objects: {} }, 'objects of the plan is an object: it has to be a list'],
  [{ objects: [null] }, 'objects[0] of the plan is null'],
  [{ objects: [{ uri: 7 }] }, 'objects[0].uri'],
  [{ objects: [{ uri: 's3://b/k' }] }, 'objects[0].etag'],
  [{ objects: [{ uri: 's3://b/k', etag: '', how: 'copy' }] }, 'objects[0].how'],
  [{ objects: [{ uri: 's3://b/k', etag: '', how: 'copy-in-place', versionId: 1 }] }, 'objects[0].versionId'],
  [
    { objects: [{ uri: 's3://b/k', etag: '', how: 'copy-in-place', noncurrent: true }] },
    'objects[0].versionId',
  ],
])('what is no plan is refused: %j', async (edit, words) => {
  const { aws, ours } = await endedJob({ objects: 1 })
  const plan =
    Array.isArray(edit) || edit === undefined ? edit : { arn: ARN, keyArn: ours, objects: [], ...edit }

  const answer = reencrypt(
    (edit && Object.keys(edit).length === 0 && !Array.isArray(edit) ? {} : plan) as never,
    aws,
  )

  await expect(answer).rejects.toMatchObject({ code: 'refused-call' })
  await expect(answer).rejects.toThrow(words)
})

test('a job that may write on is not touched', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.calls.clear()
  cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: {
      instead: () => ({ LabelingJobStatus: 'InProgress', LabelingJobArn: ARN, LabelingJobName: 'x' }),
    },
  })

  await expect(reencrypt(plan, aws)).rejects.toMatchObject({ code: 'job-not-finished' })
  expect(cloud.calls.writes()).toEqual([])
})

test('a job without a folder in S3 is not touched', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: { instead: () => ({ LabelingJobStatus: 'Failed', LabelingJobArn: ARN, LabelingJobName: 'x' }) },
  })

  await expect(reencrypt(plan, aws)).rejects.toThrow('AWS names no folder in S3 for the output of x')
})

test('faults that pass are waited for, and a change whose answer was lost counts as done', async () => {
  const { aws, cloud } = await endedJob()
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'throttle', times: 3 })
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'timeout-after-write', times: 2 })
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'server-error-after-write' })
  cloud.inject({ call: 's3:HeadObject', fault: 'throttle', times: 3 })

  const { counts } = await reencrypt(plan, aws)

  expect(counts).toEqual({ ...NONE, done: 8 })
})

test('a copy whose answer was lost is not made twice', async () => {
  const { aws, cloud } = await endedJob({ objects: 1, misplace: { encryption: 'none' } })
  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })
  cloud.inject({ call: 's3:CopyObject', fault: 'timeout-after-write' })

  const { counts } = await reencrypt(plan, aws)

  expect(counts).toEqual({ ...NONE, done: 5 })
  expect(cloud.calls.of('s3:CopyObject')).toHaveLength(5)
})

test('a fault that does not pass fails the object, and no other', async () => {
  const { aws, cloud } = await endedJob()
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'access-denied' })
  cloud.inject({
    call: 's3:UpdateObjectEncryption',
    fault: { name: 'InvalidRequest', message: 'No', status: 400 },
  })

  const { counts, failed, ok } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(ok).toBe(false)
  expect(counts).toEqual({ ...NONE, done: 6, failed: 2 })
  expect(failed.map(({ why }) => why)).toEqual([
    expect.stringContaining('s3:UpdateObjectEncryption'),
    's3:UpdateObjectEncryption answered InvalidRequest: No',
  ])
})

test('a fault that never passes fails the objects it hits in the end', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'throttle', times: 1_000 })

  const { counts, failed } = await reencrypt(plan, aws)

  expect(counts).toEqual({ ...NONE, failed: 5 })
  expect(failed[0]?.why).toContain('SlowDown')
})

test('an object that is not under the key after the change is not called done', async () => {
  const { aws, cloud, old } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: { instead: () => ({}) } })
  cloud.inject({
    call: 's3:UpdateObjectEncryption',
    fault: { after: () => cloud.object(MANIFEST, 'new', { key: old }) },
    after: 3,
  })

  const { counts, failed } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(counts).toEqual({ ...NONE, done: 3, failed: 1, 'changed-since': 1 })
  expect(failed[0]?.why).toBe(`S3 took the change, and says that the object is under ${old}`)
})

test('an object that cannot be looked at again, or went meanwhile, is not called done', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:HeadObject', fault: 'access-denied', after: 1 })
  cloud.inject({ call: 's3:HeadObject', fault: { name: 'NotFound', message: '', status: 404 }, after: 2 })
  cloud.inject({ call: 's3:HeadObject', fault: { name: 'NotFound', message: '', status: 404 }, after: 3 })

  const { counts, failed } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(counts['changed-since']).toBe(2)
  expect(counts.failed).toBe(1)
  expect(failed[0]?.why).toContain('it was changed, but not looked at again: S3 answers 403')
})

test('a repair that is stopped goes on where it was', async () => {
  const { aws, cloud } = await endedJob({ objects: 10 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  const stop = new AbortController()
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: { after: () => stop.abort() }, after: 4 })

  const first = await reencrypt(plan, aws, { signal: stop.signal, concurrency: 2 })
  const second = await reencrypt(plan, aws)

  const { done, 'not-tried': left } = first.counts
  expect(first.endedBecause).toBe('its signal was aborted')
  expect(done + left).toBe(plan.objects.length)
  expect(done).toBeLessThan(8)
  expect(second.counts).toEqual({ ...NONE, 'already-done': done, done: left })
  expect(String(first)).toContain('ended early: its signal was aborted')
})

test('an abort while a throttled object waits ends the work', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  const stop = new AbortController()
  cloud.inject({
    call: 's3:UpdateObjectEncryption',
    fault: {
      before: () => {
        stop.abort()
        return 'throttle'
      },
    },
    times: 5,
  })

  const { counts } = await reencrypt(plan, aws, { signal: stop.signal, concurrency: 1 })

  expect(counts).toEqual({ ...NONE, failed: 1, 'not-tried': 4 })
})

test('credentials that run out end the work, and nothing is lost', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({
    call: 's3:UpdateObjectEncryption',
    fault: { name: 'ExpiredToken', message: 'The provided token has expired.', status: 400 },
    after: 2,
  })

  const first = await reencrypt(plan, aws, { concurrency: 1 })

  expect(first.counts).toEqual({ ...NONE, done: 2, 'not-tried': 3 })
  expect(first.endedBecause).toContain('ExpiredToken')
})

test('credentials that run out end the work, though a HEAD does not tell them from a refusal', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  const expired = { name: 'ExpiredToken', message: 'The provided token has expired.', status: 400 }
  cloud.inject({
    call: 's3:UpdateObjectEncryption',
    fault: { after: () => cloud.inject({ call: '*', fault: expired, times: 1_000 }) },
  })

  const { counts, failed, endedBecause } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(counts).toEqual({ ...NONE, failed: 1, 'not-tried': 4 })
  expect(failed[0]?.why).toContain('it was changed, but not looked at again')
  expect(endedBecause).toContain('ExpiredToken')
  await expect(planReencryption({ arn: ARN }, KEY, aws)).rejects.toMatchObject({ code: 'credentials' })
})

test('a network that is lost ends the work, and says what was changed but not seen', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  cloud.inject({ call: 's3:HeadObject', fault: 'crash-before', after: 1, times: 1_000 })

  const { counts, failed, endedBecause } = await reencrypt(plan, aws, { concurrency: 1 })

  expect(counts).toEqual({ ...NONE, failed: 1, 'not-tried': 4 })
  expect(failed[0]?.why).toContain(
    'it was changed, but not looked at again: s3:HeadObject lost the connection',
  )
  expect(endedBecause).toContain('lost the connection')
})

test('an abort after a change whose answer was lost looks whether it was made', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)
  const stop = new AbortController()
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: { before: () => void stop.abort() as never } })
  cloud.inject({ call: 's3:UpdateObjectEncryption', fault: 'timeout-after-write' })

  const { counts } = await reencrypt(plan, aws, { signal: stop.signal, concurrency: 1 })

  expect(counts).toEqual({ ...NONE, done: 1, 'not-tried': 4 })
})

test('what the plan calls not possible is not tried', async () => {
  const { aws, cloud } = await endedJob({ objects: 1, misplace: { key: FOREIGN, encryption: 'dsse' } })
  const plan = await planReencryption({ arn: ARN }, KEY, aws)

  const { counts, ok } = await reencrypt(plan, aws)

  expect(counts).toEqual({ ...NONE, 'not-tried': 5 })
  expect(ok).toBe(false)
  expect(cloud.calls.writes()).toEqual([])
})

test('options that there are not are refused', async () => {
  const { aws, ours } = await endedJob({ objects: 1 })
  const plan = { arn: ARN, keyArn: ours, objects: [] }

  await expect(reencrypt(plan as never, aws, { versions: true } as never)).rejects.toThrow(
    'no option versions',
  )
  await expect(reencrypt(plan as never, {} as never)).rejects.toThrow(
    'an object stands where the connection belongs',
  )
})
