import { describe, expect, test } from 'vitest'
import { createAll, outputKey, preflight, preflightAll } from '../../src/index.js'
import { shareAmongJobs } from '../../src/preflight/look/share-among-jobs.js'
import type { FakeAws } from '../../src/testing/index.js'
import { runs } from '../support/runs.js'
import { JOB, wholeWorld } from './whole-world.js'

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

/** So many jobs on one role and two keys, each with a manifest of its own. */
function jobsOf(cloud: FakeAws, count: number) {
  cloud.key({ alias: 'alias/gt-other' })
  return Array.from({ length: count }, (_, index) => {
    const manifest = `s3://acme-gt/in/${index}.manifest`
    cloud.object(manifest, '{"source-ref": "s3://acme-gt/in/0.jpg"}')
    return JOB.named(`signs-${index}`)
      .output('s3://acme-gt/out/', outputKey(index % 2 === 0 ? 'alias/gt-output' : 'alias/gt-other'))
      .raw({ InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: manifest } } } })
  })
}

function countsOf(cloud: FakeAws): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { name } of cloud.calls) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

describe('a preflight of many jobs', () => {
  const count = runs(200, 8)

  test('tells a name that an earlier job of the list has, which AWS would take for the same', async () => {
    const cloud = wholeWorld()
    const jobs = [JOB, JOB.named('Street-Signs'), JOB.named('other')]
    const statuses = async (options: object) => {
      const results = await all(preflightAll(jobs, cloud.connect(), options))
      return Object.fromEntries(results.map(({ name, status }) => [name, status]))
    }
    const expected = { 'street-signs': 'ok', 'Street-Signs': 'not-ok', other: 'ok' }

    const told = (await all(preflightAll(jobs, cloud.connect()))).map(String)

    expect(await statuses({})).toEqual(expected)
    expect(await statuses({ ifExists: 'attach' })).toEqual(expected)
    expect(told.join('\n')).toContain(
      'job-name-free failed: the list has another labeling job street-signs before this one, Street-Signs',
    )
    const same = await all(preflightAll([JOB, JOB], cloud.connect(), { ifExists: 'attach' }))
    expect(same.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })

  test('reads what many jobs have in common once, and what is of one job for each', async () => {
    const cloud = wholeWorld()
    const jobs = jobsOf(cloud, count)

    const results = await all(preflightAll(jobs, cloud.connect()))

    const { 'sagemaker:DescribeLabelingJob': names, 's3:GetObject': objects, ...calls } = countsOf(cloud)
    expect(results.map(({ status }) => status)).toEqual(Array(count).fill('ok'))
    // The page and the labels once, and the manifest of each job.
    expect([names, objects]).toEqual([count, count + 2])
    expect(calls).toEqual({
      'iam:GetRole': 1,
      'iam:GetRolePolicy': 1,
      'iam:ListAttachedRolePolicies': 1,
      'iam:ListRolePolicies': 1,
      'iam:SimulatePrincipalPolicy': count + 1,
      'kms:DescribeKey': 2,
      'kms:GetKeyPolicy': 2,
      'kms:ListGrants': 4,
      'kms:ListKeyPolicies': 2,
      's3:GetBucketCors': 1,
      's3:GetBucketEncryption': 1,
      's3:GetBucketLocation': 1,
      's3:GetBucketPolicy': 1,
      // The image, the page and the labels once, and the manifest of each job.
      's3:HeadObject': count + 3,
      'sagemaker:DescribeWorkteam': 1,
      'sagemaker:RenderUiTemplate': count,
      'sts:GetCallerIdentity': 1,
    })
  })

  test('says of each job what preflight() says of it', async () => {
    const cloud = wholeWorld()
    const [good, bad] = [JOB, JOB.named('other').role('arn:aws:iam::111122223333:role/None')]
    const alone = [await preflight(good, cloud.connect()), await preflight(bad, cloud.connect())]

    const results = await all(preflightAll([good, bad], cloud.connect(), { concurrency: 1 }))

    expect(results.map((result) => 'report' in result && result.report.checks)).toEqual(
      alone.map(({ checks }) => checks),
    )
    expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'street-signs ok',
      'other not-ok',
    ])
  })

  test('prints why a job is not ok, and nothing of what passed', async () => {
    const cloud = wholeWorld()
    await all(createAll([JOB], cloud.connect()))

    const [result] = await all(preflightAll([JOB], cloud.connect()))

    expect(String(result).split('\n')).toEqual([
      'labeling job street-signs: not ok',
      "- job-name-free failed: there is a labeling job street-signs in us-east-1, Initializing. A labeling job keeps its name for ever, and upper and lower case count as the same. Choose another name; if the job there is this one, look with preflight(job, aws, { ifExists: 'attach' }) and create with the same option.",
    ])
  })

  test('says of what is no job where it stands in the list, and of a promise to await it', async () => {
    const jobs = [JOB, undefined, Promise.resolve(JOB)] as never

    const results = await all(preflightAll(jobs, wholeWorld().connect(), { concurrency: 1 }))

    expect(results.map(String)).toEqual([
      'labeling job street-signs: ok',
      'labeling job without a name: failed; Cannot call preflightAll(): number 2 in the list is undefined, no labeling job: give what labelingJob() or jobFromConfig() makes.',
      'labeling job without a name: failed; Cannot call preflightAll(): number 3 in the list is a promise that was not awaited, no labeling job: await it.',
    ])
  })

  test('tells the rest as not tried once the signal is aborted', async () => {
    const stop = new AbortController()
    const cloud = wholeWorld()
    const jobs = jobsOf(cloud, 3)
    const heard: string[] = []

    const results = await all(
      preflightAll(jobs, cloud.connect(), {
        concurrency: 1,
        signal: stop.signal,
        onProgress: (progress) => {
          heard.push(String(progress))
          stop.abort()
        },
      }),
    )

    expect(results.map(({ status }) => status)).toEqual(['ok', 'not-tried', 'not-tried'])
    expect(heard.at(-1)).toBe('jobs: 3 of 3; ok: 1, not-tried: 2')
  })

  test.each([
    ['what is no list', 'ab', {}, '"ab" is no list of jobs: give something to loop over'],
    ['an option it does not have', [], { ifExist: 'attach' }, 'it has no option "ifExist"'],
    [
      'ifExists that is no choice',
      [],
      { ifExists: 'atach' },
      'its option ifExists is "atach": give refuse or attach',
    ],
  ])('refuses %s', async (_, jobs, options, why) => {
    const looking = all(preflightAll(jobs as never, wholeWorld().connect(), options as never))

    await expect(looking).rejects.toMatchObject({ code: 'refused-call', why })
  })
})

describe('a job that exists, which may be taken up', () => {
  const named = (report: { readonly checks: readonly { readonly code: string }[] }) =>
    report.checks.find(({ code }) => code === 'job-name-free')

  test('passes when it is the same', async () => {
    const cloud = wholeWorld()
    await JOB.create(cloud.connect())

    const report = await preflight(JOB, cloud.connect(), { ifExists: 'attach' })

    expect(report.ok).toBe(true)
    expect(named(report)).toEqual({
      code: 'job-name-free',
      about: 'job',
      status: 'passed',
      what: "there is a labeling job street-signs in us-east-1, Initializing, and it is the same: create with ifExists: 'attach' takes it up",
    })
  })

  test('fails with the fields in which it differs', async () => {
    const cloud = wholeWorld()
    await JOB.create(cloud.connect())

    const report = await preflight(JOB.labelAttribute('boxes').tags({ team: 'maps' }), cloud.connect(), {
      ifExists: 'attach',
    })

    expect(named(report)).toMatchObject({
      status: 'failed',
      why: 'it differs from this one in 2 fields: LabelAttributeName, Tags',
    })
  })

  test('is not known to be the same when its key cannot be looked up', async () => {
    const cloud = wholeWorld()
    await JOB.create(cloud.connect())
    cloud.inject({ call: 'kms:DescribeKey', fault: 'access-denied', times: 9 })

    const report = await preflight(JOB, cloud.connect(), { ifExists: 'attach' })

    expect(named(report)).toMatchObject({
      status: 'unknown',
      why: "AWS gives the ARN of a job's key, and alias/gt-output could not be looked up (kms:DescribeKey)",
      fix: 'Allow kms:DescribeKey on the key for the caller, or name the key by its ARN',
    })
  })
})

describe('a connection that jobs share', () => {
  const text = async (aws: ReturnType<FakeAws['connect']>, Key: string) =>
    (await aws.call('s3:GetObject', { Bucket: 'acme-gt', Key })).Body?.transformToString()

  test('reads a short object once, also for those that ask at the same time', async () => {
    const cloud = wholeWorld()
    const aws = shareAmongJobs(cloud.connect())

    const texts = await Promise.all([text(aws, 'in/0.jpg'), text(aws, 'in/0.jpg')])

    expect([...texts, await text(aws, 'in/0.jpg')]).toEqual(['an image', 'an image', 'an image'])
    expect(cloud.calls.names()).toEqual(['s3:GetObject'])
  })

  test('reads a long object each time, so that none is kept in memory', async () => {
    const cloud = wholeWorld()
    cloud.object('s3://acme-gt/long', 'x'.repeat(300_000))
    const aws = shareAmongJobs(cloud.connect())

    const texts = [await text(aws, 'long'), ...(await Promise.all([text(aws, 'long'), text(aws, 'long')]))]

    expect(texts.map((read) => read?.length)).toEqual([300_000, 300_000, 300_000])
    expect(cloud.calls.names()).toEqual(['s3:GetObject', 's3:GetObject', 's3:GetObject'])
  })

  test('does not take one part or version of an object for another', async () => {
    const aws = wholeWorld().connect()
    const call = async (_: string, input: { readonly Range?: string }) => {
      const bytes = new TextEncoder().encode(input.Range ?? 'whole')
      return {
        ContentLength: bytes.length,
        Body: (async function* () {
          yield bytes
        })(),
      }
    }
    const shared = shareAmongJobs({ ...aws, call: call as never })
    const read = async (more: object) =>
      (
        await shared.call('s3:GetObject', { Bucket: 'acme-gt', Key: 'labels.json', ...more })
      ).Body?.transformToString()

    expect([await read({}), await read({ Range: 'part' }), await read({})]).toEqual([
      'whole',
      'part',
      'whole',
    ])
  })

  test('forgets what nobody has asked for the longest', async () => {
    const cloud = wholeWorld()
    const aws = shareAmongJobs(cloud.connect())
    for (let index = 0; index < 33; index++) cloud.object(`s3://acme-gt/${index}`, 'text')
    await text(aws, '0')
    for (let index = 1; index < 32; index++) await text(aws, `${index}`)
    await text(aws, '0')
    await text(aws, '32')
    const before = cloud.calls.names().length

    await text(aws, '0')
    await text(aws, '1')

    expect(cloud.calls.names().length - before).toBe(1)
  })

  test('is refused an object once', async () => {
    const cloud = wholeWorld()
    const aws = shareAmongJobs(cloud.connect())

    const codes = [
      await text(aws, 'none').catch(({ code }) => code),
      await text(aws, 'none').catch(({ code }) => code),
    ]

    expect(codes).toEqual(['not-found', 'not-found'])
    expect(cloud.calls.names()).toEqual(['s3:GetObject'])
  })
})
