import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import {
  collectEvidence,
  type ProofOptions,
  type ProvenObject,
  proveJob,
} from '../../../src/evidence/index.js'
import { isLabelingJobError, outputKey } from '../../../src/index.js'
import type { Fault } from '../../../src/testing/index.js'
import { evidenceWorld } from '../evidence-world.js'

const FOLDER = 's3://gt-out/labels/a/'

/** The fault that strikes a HEAD of the object with a name. */
function headOf(name: string, fault: Fault): Fault {
  return { before: ({ input }) => (String(input['Key']).endsWith(name) ? fault : undefined) }
}

const bare = (status: number) => ({ name: 'Unknown', message: 'UnknownError', status })
const codes = ({ findings }: { readonly findings: readonly { readonly code: string }[] }) =>
  findings.map(({ code }) => code)

describe('a job whose objects are all under the key that it declares', () => {
  test('is proven by one HEAD an object, with no right to use a key', async () => {
    const { aws, cloud, run, output } = evidenceWorld()
    await run('a')

    const proof = await proveJob('a', aws)

    const listed = proof.objects.reduce((sum, { count }) => sum + count, 0)
    expect(proof).toMatchObject({
      ok: true,
      job: 'a',
      arn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
      soFar: false,
      at: cloud.clock.now().toISOString(),
      declared: { outputKey: output },
      objects: [{ standing: 'expected', keyArn: output, count: listed }],
      volumes: [],
      exceptions: [],
      findings: [],
      unreadable: [],
    })
    const heads = cloud.calls.of('s3:HeadObject').map(({ input }) => input as Record<string, unknown>)
    expect(new Set(heads.map(({ Key }) => Key)).size).toBe(listed)
    expect(heads).toHaveLength(listed)
    expect(heads.every((input) => !('ChecksumMode' in input))).toBe(true)
    expect(cloud.calls.writes()).toEqual([])
  })

  test('is proven by its ARN as well, and the proof travels as JSON', async () => {
    const { aws, run } = evidenceWorld()
    await run('a')

    const proof = await proveJob('arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a', aws)

    expect(JSON.parse(JSON.stringify(proof))).toEqual({ ...proof })
    expect(Object.isFrozen(proof.objects)).toBe(true)
    expect(String(proof).split('\n')[0]).toBe('a: proven: all 14 objects are under the expected key')
  })

  test('is proven with its volumes when it labels by machine', async () => {
    const { aws, run, volume } = evidenceWorld()
    await run('a', { auto: true, objects: 8 })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(true)
    expect(proof.volumes.map(({ kind, keyArn }) => [kind, keyArn])).toEqual([
      ['training', volume],
      ['transform', volume],
    ])
    expect(proof.notProven.join()).toContain('the storage volumes of automated labeling themselves')
    for (const { arn, kind } of proof.volumes) {
      expect(String(proof)).toContain(`${kind} ${arn}: ${volume}`)
      expect(proof.toMarkdown()).toContain(`- ${kind} ${arn}: ${volume}`)
    }
  })
})

describe('an object that is not as it should be', () => {
  test.each<[string, object, Partial<ProvenObject>, string]>([
    ['SSE-S3', {}, { encryption: 's3', standing: 'not-kms' }, 'objects-without-customer-key'],
    [
      'no encryption',
      { encryption: 'none' },
      { encryption: 'none', standing: 'not-kms' },
      'objects-without-customer-key',
    ],
    ['aws/s3', { key: 'awsKey' }, { encryption: 'kms', standing: 'aws-key' }, 'objects-without-customer-key'],
    [
      'another key',
      { key: 'other' },
      { encryption: 'kms', standing: 'another-key' },
      'objects-under-another-key',
    ],
    [
      'a key of its writer',
      { encryption: 'customer-provided' },
      { encryption: 'unreadable', standing: 'unreadable' },
      'objects-unreadable',
    ],
  ])('is named, counted and found: %s', async (_, setup, told, code) => {
    const world = evidenceWorld()
    const { aws, cloud, run } = world
    await run('a')
    const { key } = setup as { readonly key?: 'awsKey' | 'other' }
    cloud.object(`${FOLDER}stray`, '12345', { ...setup, ...(key && { key: world[key] }) })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.exceptions).toEqual([
      {
        uri: `${FOLDER}stray`,
        bytes: 5,
        etag: told.standing === 'unreadable' ? '' : expect.stringMatching(/^"\w+"$/),
        ...(key && { keyArn: world[key] }),
        ...told,
      },
    ])
    expect(proof.objects[0]).toEqual({
      standing: told.standing,
      ...(key && { keyArn: world[key] }),
      count: 1,
      bytes: 5,
    })
    expect(codes(proof)).toEqual([code])
  })

  test.each([
    [403, 's3:GetObject is not allowed'],
    [400, 'only its writer has (SSE-C), or the request is malformed'],
    [404, 'it was deleted after it had been listed'],
    [405, 'a delete marker has taken its place'],
    [301, 'the bucket is in another region'],
    [418, 's3:HeadObject answered 418'],
  ])('is never counted as fine when S3 answers %i', async (status, why) => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.inject({ call: 's3:HeadObject', fault: headOf('output.manifest', bare(status)), times: Infinity })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.objects.map(({ standing, count }) => [standing, count])).toEqual([
      ['unreadable', 1],
      ['expected', 13],
    ])
    expect(proof.unreadable).toEqual([
      { what: `${FOLDER}manifests/output/output.manifest`, why: expect.stringContaining(why) },
    ])
    expect(codes(proof)).toEqual(['objects-unreadable'])
  })

  test('of fifty strays shows twenty, and says where the others are', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a', { objects: 2 })
    for (let index = 0; index < 50; index++) cloud.object(`${FOLDER}stray/${index}`, 'x')

    const proof = await proveJob('a', aws)

    expect(proof.exceptions).toHaveLength(50)
    expect(String(proof).match(/\/stray\//g)).toHaveLength(20)
    expect(String(proof)).toContain('\n    and 30 more in exceptions\n')
    expect(proof.toMarkdown().match(/\/stray\//g)).toHaveLength(20)
  })

  test('is one of many: so many are named as are asked for, all are counted, a reason is said once', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a', { objects: 2 })
    for (let index = 0; index < 30; index++) cloud.object(`${FOLDER}stray/${index}`, 'x')
    cloud.inject({ call: 's3:HeadObject', fault: headOf('/7', bare(403)), times: Infinity })
    cloud.inject({ call: 's3:HeadObject', fault: headOf('/8', bare(403)), times: Infinity })

    const proof = await proveJob('a', aws, { exceptions: 5 })

    expect(proof.exceptions).toHaveLength(5)
    expect(proof.objects.map(({ standing, count }) => [standing, count])).toEqual([
      ['not-kms', 28],
      ['unreadable', 2],
      ['expected', 8],
    ])
    expect(proof.unreadable).toEqual([
      {
        what: `2 objects, for instance ${FOLDER}stray/7`,
        why: 'S3 answers 403: s3:GetObject is not allowed on it',
      },
    ])
  })

  test('keeps its name, whatever that is, and none of it is markup', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    const name = '\u001b[2J|<script>`a b`+%2F ü:*.json'
    cloud.object(`${FOLDER}${name}`, 'x')

    const proof = await proveJob('a', aws)

    expect(proof.exceptions[0]?.uri).toBe(`${FOLDER}${name}`)
    expect(String(proof)).not.toContain('\u001b')
    expect(proof.toMarkdown()).not.toContain('<script>')
    expect(proof.toHtml()).not.toContain('<script>')
  })
})

describe('throttling', () => {
  test('is waited out with fewer requests in flight, and never counted', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    const start = cloud.clock.now().getTime()
    cloud.inject({ call: 's3:HeadObject', fault: { ...bare(503) }, times: 20 })
    cloud.inject({ call: 's3:ListObjectsV2', fault: 'throttle', times: 2 })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(true)
    expect(cloud.clock.now().getTime() - start).toBeGreaterThanOrEqual(3_000)
  })

  test('without an end leaves objects unread, not fine', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a', { objects: 1 })
    cloud.inject({ call: 's3:HeadObject', fault: bare(503), times: Infinity })

    const proof = await proveJob('a', aws)

    expect(proof.objects).toEqual([{ standing: 'unreadable', count: 5, bytes: expect.any(Number) }])
    expect(proof.unreadable[0]?.why).toBe('s3:HeadObject answered 503')
  })
})

describe('a folder', () => {
  test('that may not be listed proves nothing', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.inject({ call: 's3:ListObjectsV2', fault: 'access-denied', times: Infinity })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.objects).toEqual([])
    expect(proof.unreadable).toEqual([
      {
        what: `the objects under ${FOLDER}`,
        why: expect.stringContaining('s3:ListObjectsV2 answered AccessDenied'),
      },
    ])
    expect(codes(proof)).toEqual(['objects-unreadable'])
  })

  test('with nothing in it is not fine: what was there may be deleted', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.bucket('gt-out')

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.objects).toEqual([])
    expect(proof.findings).toMatchObject([
      {
        code: 'evidence-may-be-deleted',
        severity: 'warning',
        what: `there is no object under ${FOLDER}`,
        why: 'the job says that it wrote it, so what it wrote was moved or deleted, at least in part',
      },
    ])
  })

  test('without the output manifest is not fine either', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    await cloud.send(
      new DeleteObjectCommand({ Bucket: 'gt-out', Key: 'labels/a/manifests/output/output.manifest' }),
    )

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.findings.map(({ what }) => what)).toEqual([
      `the output manifest ${FOLDER}manifests/output/output.manifest is not there`,
    ])
  })

  test('of another job whose name begins alike is not looked at', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.object('s3://gt-out/labels/a-2/x', 'x')

    expect((await proveJob('a', aws)).ok).toBe(true)
  })
})

describe('noncurrent versions', () => {
  async function versioned() {
    const world = evidenceWorld()
    world.cloud.bucket('gt-out', { versions: true })
    world.cloud.object(`${FOLDER}annotations/old`, 'old')
    await world.run('a')
    world.cloud.object(`${FOLDER}annotations/old`, 'new', { key: world.output })
    return world
  }

  test('are looked at on request, each by its version id', async () => {
    const { aws } = await versioned()

    const current = await proveJob('a', aws)
    const every = await proveJob('a', aws, { versions: true })

    expect(current.ok).toBe(true)
    expect(current.notProven.join()).toContain('noncurrent versions')
    expect(every.ok).toBe(false)
    expect(every.notProven.join()).not.toContain('noncurrent versions')
    expect(every.exceptions).toEqual([
      {
        uri: `${FOLDER}annotations/old`,
        versionId: expect.any(String),
        bytes: 3,
        etag: expect.any(String),
        encryption: 's3',
        standing: 'not-kms',
      },
    ])
  })

  test('that may not be read say which right is missing', async () => {
    const { aws, cloud } = await versioned()
    cloud.inject({ call: 's3:HeadObject', fault: bare(403), times: Infinity })

    const { unreadable } = await proveJob('a', aws, { versions: true })

    expect(unreadable[0]?.why).toBe('S3 answers 403: s3:GetObjectVersion is not allowed on it')
  })
})

test('a job that runs is proven so far, and is not fine', async () => {
  const { aws, cloud, run } = evidenceWorld()
  await run('a', { unfinished: true })
  cloud.clock.advance(70_000)

  const proof = await proveJob('a', aws)

  expect(proof).toMatchObject({ ok: false, soFar: true })
  expect(codes(proof)).toContain('job-not-ended')
  expect(proof.findings[0]?.what).toBe('the job is InProgress, so this is what it has written so far')
})

test('a job without output is said to have none', async () => {
  const { aws, cloud, run } = evidenceWorld()
  await run('a')
  cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: {
      instead: () => ({
        LabelingJobName: 'a',
        LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
        LabelingJobStatus: 'Failed',
      }),
    },
  })

  const proof = await proveJob('a', aws)

  expect(proof.ok).toBe(false)
  expect(proof.unreadable).toEqual([{ what: 'the output', why: 'the job names no folder that it writes to' }])
})

describe('the key that is expected', () => {
  test('is the one that is given, not the one that the job declares', async () => {
    const { aws, run, other, output } = evidenceWorld()
    await run('a')

    const proof = await proveJob('a', aws, { expect: { outputKey: outputKey('alias/other') } })

    expect(proof.objects.map(({ standing, keyArn }) => [standing, keyArn])).toEqual([['another-key', output]])
    expect(codes(proof)).toEqual(['output-under-another-key', 'objects-under-another-key'])
    expect(proof.findings[1]?.why).toBe(`the expected key is ${other}`)
  })

  test('makes what the job declares no error once every object is under it', async () => {
    const { aws, cloud, run, output } = evidenceWorld()
    await run('a', { key: undefined })
    for (const { uri } of (await proveJob('a', aws)).exceptions) cloud.object(uri, 'x', { key: output })

    const proof = await proveJob('a', aws, { expect: { outputKey: 'alias/gt-output' } })

    expect(proof.ok).toBe(true)
    expect(proof.findings).toMatchObject([
      {
        code: 'output-without-customer-key',
        severity: 'warning',
        why: expect.stringContaining(`is proven to be under ${output} today`),
      },
    ])
  })

  test('is none when the job declares none: a key that nobody named proves nothing', async () => {
    const { aws, cloud, run, output } = evidenceWorld()
    await run('a', { key: undefined })
    cloud.object(`${FOLDER}stray`, 'x', { key: output })

    const proof = await proveJob('a', aws)

    expect(proof.objects.map(({ standing, count }) => [standing, count])).toEqual([
      ['aws-key', 14],
      ['another-key', 1],
    ])
    expect(codes(proof)).toEqual([
      'output-without-customer-key',
      'objects-without-customer-key',
      'objects-under-another-key',
    ])
  })

  test('cannot be told when its alias is gone, and then no object is as expected', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.inject({
      call: 'sagemaker:DescribeLabelingJob',
      fault: {
        instead: () => ({
          LabelingJobName: 'a',
          LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
          LabelingJobStatus: 'Completed',
          OutputConfig: { S3OutputPath: 's3://gt-out/labels', KmsKeyId: 'alias/gone' },
        }),
      },
    })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.objects.map(({ standing }) => standing)).toEqual(['unreadable'])
    expect(proof.unreadable[0]?.why).toContain(
      'whether it is the key that the job declares, alias/gone, cannot be told',
    )
  })
})

describe('aws/s3', () => {
  test('is told by the aliases of the account; it is never looked at, which could make it', async () => {
    const { aws, cloud, run, awsKey } = evidenceWorld()
    await run('a', { key: undefined })

    await proveJob('a', aws)

    expect(cloud.calls.of('kms:ListAliases')).toHaveLength(1)
    expect(
      cloud.calls.of('kms:DescribeKey').map(({ input }) => (input as { KeyId: string }).KeyId),
    ).not.toContain(awsKey)
  })

  test('is found on the last page of many aliases', async () => {
    const { aws, cloud, run, awsKey } = evidenceWorld()
    await run('a', { key: undefined })
    const asked: unknown[] = []
    cloud.inject({
      call: 'kms:ListAliases',
      fault: {
        instead: ({ input }) => {
          asked.push(input['Marker'])
          return input['Marker'] === undefined
            ? { Aliases: [{ AliasName: 'alias/a' }], Truncated: true, NextMarker: 'more' }
            : {
                Aliases: [{ AliasName: 'alias/aws/s3', TargetKeyId: awsKey.split('/')[1] }],
                Truncated: false,
              }
        },
      },
      times: Infinity,
    })

    const proof = await proveJob('a', aws)

    expect(proof.objects.map(({ standing, keyArn }) => [standing, keyArn])).toEqual([['aws-key', awsKey]])
    expect(asked).toEqual([undefined, 'more'])
  })

  test('cannot be told by a list of aliases that is not whole', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a', { key: undefined })
    cloud.inject({
      call: 'kms:ListAliases',
      fault: { instead: () => ({ Aliases: [], Truncated: true }) },
      times: Infinity,
    })

    const { unreadable } = await proveJob('a', aws)

    expect(unreadable[0]?.why).toContain('there is more, but not where it goes on')
  })

  test('cannot be told when aliases may not be listed, and then counts as another key', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a', { key: undefined })
    cloud.inject({ call: 'kms:ListAliases', fault: 'access-denied', times: Infinity })

    const proof = await proveJob('a', aws)

    expect(proof.objects[0]?.standing).toBe('another-key')
    expect(proof.unreadable.map(({ what }) => what)).toEqual([
      'which key is aws/s3: objects under it count as under another key',
    ])
  })

  test('need not be told when every object is under the expected key', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.inject({ call: 'kms:ListAliases', fault: 'access-denied', times: Infinity })

    expect((await proveJob('a', aws)).ok).toBe(true)
  })
})

describe('what ends a proof', () => {
  test('credentials that have run out, which S3 answers to a HEAD by a bare 400', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')
    cloud.inject({ call: 's3:HeadObject', fault: bare(400), times: Infinity })
    cloud.inject({ call: 's3:ListObjectsV2', fault: { name: 'ExpiredToken', message: 'expired' }, after: 1 })

    await expect(proveJob('a', aws)).rejects.toMatchObject({ code: 'credentials' })
  })

  test('a signal, and it says so', async () => {
    const { aws, run } = evidenceWorld()
    await run('a')
    const stop = new AbortController()

    const proof = proveJob('a', aws, { signal: stop.signal, onObject: () => stop.abort(new Error('enough')) })

    await expect(proof).rejects.toMatchObject({ code: 'aborted', cause: new Error('enough') })
  })

  test('what onObject throws', async () => {
    const { aws, run } = evidenceWorld()
    await run('a')
    const onObject = () => {
      throw new RangeError('mine')
    }

    await expect(proveJob('a', aws, { onObject })).rejects.toThrow(RangeError)
  })

  test('a key to expect that is not there, and a job that is not', async () => {
    const { aws, run } = evidenceWorld()
    await run('a')

    await expect(proveJob('a', aws, { expect: { outputKey: 'alias/gone' } })).rejects.toMatchObject({
      code: 'key-not-found',
    })
    await expect(proveJob('b', aws)).rejects.toMatchObject({
      code: 'not-found',
      what: 'Cannot prove the labeling job b in us-east-1',
    })
  })

  test.each([
    { exception: 1 },
    { exceptions: -1 },
    { versions: 'yes' },
    { concurrency: 65 },
    { onObject: true },
    { expect: { outputkey: 'alias/a' } },
  ])('the odd options %j', async (options) => {
    const { aws } = evidenceWorld()

    const thrown = await proveJob('a', aws, options as ProofOptions).catch((error) => error)

    expect(isLabelingJobError(thrown, 'refused-call')).toBe(true)
  })
})

test('every object is heard of once, and progress tells the total once it is known', async () => {
  const { aws, cloud, run } = evidenceWorld()
  await run('a')
  cloud.object(`${FOLDER}stray`, 'x')
  const heard: string[] = []
  const progress: string[] = []

  await proveJob('a', aws, {
    onObject: async ({ uri }) => void heard.push(uri),
    onProgress: (each) => progress.push(String(each)),
  })

  expect(new Set(heard).size).toBe(15)
  expect(heard).toHaveLength(15)
  expect(progress.at(-1)).toBe(
    'objects: 15 of 15; expected: 14, aws-key: 0, another-key: 0, not-kms: 1, unreadable: 0',
  )
})

test.each([false, true])(
  'a job that began seconds ago is not said to miss what was deleted: automated %s',
  async (auto) => {
    const { aws, run } = evidenceWorld()
    await run('a', { auto, objects: 8, unfinished: true })

    const proof = await proveJob('a', aws)
    const evidence = await collectEvidence(aws, { objects: 'manifest' })

    expect(codes(proof)).toEqual(['job-not-ended'])
    expect(evidence.jobs).toMatchObject([{ job: { findings: [{ code: 'job-not-ended' }] } }])
  },
)
