import { expect, test } from 'vitest'
import { planReencryption, proveJob } from '../../../src/evidence/index.js'
import { outputKey, volumeKey } from '../../../src/index.js'
import { MANIFEST } from '../../testing/sagemaker/labeling-world.js'
import { ARN, endedJob, FOLDER, FOREIGN } from './repair-world.js'

const KEY = outputKey('alias/ours')

test('every object that is not under the key is planned, and what is counts', async () => {
  const { aws, cloud, old, ours } = await endedJob({ objects: 1 })
  cloud.object(`${FOLDER}a b+c:ü%.json`, '', { key: ours })
  cloud.object(`${FOLDER}s3.json`, '')
  cloud.object('s3://acme-gt/out/Street-Signs-2/x', '')

  const plan = await planReencryption({ arn: ARN }, KEY, aws)

  expect(plan.toJSON()).toEqual({
    job: 'Street-Signs',
    arn: ARN,
    folder: FOLDER,
    keyArn: ours,
    versions: false,
    complete: true,
    alreadyUnderKey: 1,
    objects: [
      'annotations/consolidated-annotation/consolidation-request/iteration-1/2026-11-23_09:01:32.json',
      'annotations/consolidated-annotation/consolidation-response/iteration-1/2026-11-23_09:01:32.json',
      'annotations/intermediate/1/annotations.json',
      'annotations/worker-response/iteration-1/0/2026-11-23_09:01:32.json',
      'manifests/output/output.manifest',
      's3.json',
    ].map((path) => ({
      uri: `${FOLDER}${path}`,
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      how: 'update-encryption',
      ...(path !== 's3.json' && { fromKeyArn: old }),
    })),
    requests: 18,
    aboutUsd: 0.0001,
    readers: [
      { who: 'arn:aws:iam::111122223333:role/service-role/GtExec', owner: 'key', verdict: 'allowed' },
    ],
    warnings: [
      `1 object lies where no labeling job writes, for instance ${FOLDER}s3.json: somebody else may have put it there, perhaps a job that writes on. Take out of the plan what is not meant.`,
      'The job goes on declaring the key that it was created with: AWS has no call that changes it.',
      'An object that is under Object Lock is seen as such only with s3:GetObjectRetention and s3:GetObjectLegalHold; otherwise S3 refuses to change it in place when that is tried.',
      'Whoever else reads these files needs kms:Decrypt on the key as well: jobs that go on from the manifest, training, Lambdas, Rekognition Custom Labels, Comprehend, people. AWS keeps no list of them.',
    ],
  })
  expect(cloud.calls.writes()).toEqual([])
  expect(cloud.calls.of('s3:HeadObject')).toHaveLength(7)
})

test('what cannot be changed in place is said with the reason, and copied only when asked for', async () => {
  const { aws, cloud, old } = await endedJob({ objects: 1, misplace: { key: FOREIGN } })
  const at = (name: string) => `${FOLDER}z/${name}`
  cloud.object(at('archived'), '', { encryption: 'none', storageClass: 'GLACIER' })
  cloud.object(at('big'), '', { encryption: 'none', size: 5 * 1_024 ** 3 + 1 })
  cloud.object(at('customer'), '', { encryption: 'customer-provided' })
  cloud.object(at('dots/../x'), '')
  cloud.object(at('dsse'), '', { encryption: 'dsse', key: old })
  cloud.object(at('none'), '', { encryption: 'none' })
  const planned = async (copyInPlace: boolean) => {
    const { objects, complete } = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace })
    const found = objects.filter(({ uri }) => uri.startsWith(at('')))
    return { complete, ways: found.map(({ uri, how, why }) => [uri.slice(at('').length), how, why]), found }
  }

  const cautious = await planned(false)
  const copying = await planned(true)

  expect(cautious.ways).toEqual([
    [
      'archived',
      'not-possible',
      'S3 cannot encrypt in place what was written without encryption; it is archived (GLACIER), and has to be restored before a copy',
    ],
    [
      'big',
      'not-possible',
      'S3 cannot encrypt in place what was written without encryption; it is too large to be copied (5 GB)',
    ],
    [
      'customer',
      'not-possible',
      'S3 answers 400: the object is encrypted with a key that only its writer has (SSE-C), or the request is malformed',
    ],
    [
      'dots/../x',
      'not-possible',
      'a part of its name is . or .., which programs between here and S3 may take for a directory',
    ],
    [
      'dsse',
      'not-possible',
      'S3 cannot take off double encryption (DSSE-KMS) in place; a copy over itself can, if you allow it: { copyInPlace: true }',
    ],
    [
      'none',
      'not-possible',
      'S3 cannot encrypt in place what was written without encryption; a copy over itself can, if you allow it: { copyInPlace: true }',
    ],
  ])
  expect(copying.ways.map(([name, how]) => [name, how])).toEqual([
    ['archived', 'not-possible'],
    ['big', 'not-possible'],
    ['customer', 'not-possible'],
    ['dots/../x', 'not-possible'],
    ['dsse', 'copy-in-place'],
    ['none', 'copy-in-place'],
  ])
  expect(copying.found[5]?.loses).toEqual([
    'its date of last change (2026-11-23T10:00:00.000Z)',
    'its ETag ("d41d8cd98f00b204e9800998ecf8427e")',
    'its access control list: the copy is private',
    'a redirect for websites, if it has one',
    'the encryption context that it was written with, if it has one',
    'the silence: a copy sends an event s3:ObjectCreated:Copy where the bucket is set to send them',
  ])
  expect([cautious.complete, copying.complete]).toEqual([false, false])
})

test('locked objects wait until their lock is lifted or over', async () => {
  const { aws, cloud } = await endedJob({ objects: 1, versions: true })
  const until = new Date('2027-01-01T00:00:00Z')
  cloud.object(`${FOLDER}z/compliance`, '', { lock: { mode: 'compliance', until } })
  cloud.object(`${FOLDER}z/governance`, '', { lock: { mode: 'governance', until } })
  cloud.object(`${FOLDER}z/held`, '', { lock: { legalHold: true } })

  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })
  cloud.clock.advance(365 * 86_400_000)
  const later = await planReencryption({ arn: ARN }, KEY, aws)

  const whys = plan.objects.filter(({ uri }) => uri.includes('/z/')).map(({ why }) => why)
  expect(whys).toEqual([
    'Object Lock: it is retained until 2027-01-01T00:00:00.000Z in compliance mode, which nobody can lift',
    'Object Lock: it is retained until 2027-01-01T00:00:00.000Z in governance mode, which must be lifted first',
    'Object Lock: it is under a legal hold, which must be lifted first',
  ])
  expect(later.objects.filter(({ how }) => how === 'not-possible')).toMatchObject([
    { uri: `${FOLDER}z/held` },
  ])
  expect(plan.toTicket('bucket')).toContain('Lift the lock of s3://acme-gt/out/Street-Signs/z/held')
})

test('noncurrent versions are planned when asked for; a copy does not mend the version that it is made of', async () => {
  const { aws, cloud, old } = await endedJob({ objects: 1, versions: true })
  const name = `${FOLDER}z/x` as const
  cloud.object(name, '1', { encryption: 'dsse', key: old })
  cloud.object(name, '2')
  cloud.object(name, '3', { encryption: 'none' })
  const planned = async (versions: boolean) => {
    const plan = await planReencryption({ arn: ARN }, KEY, aws, { versions, copyInPlace: true })
    const found = plan.objects.filter(({ uri }) => uri === name)
    return { plan, ways: found.map(({ how, noncurrent }) => [how, noncurrent]) }
  }

  const current = await planned(false)
  const all = await planned(true)

  expect(current.ways).toEqual([['copy-in-place', undefined]])
  expect(current.plan.complete).toBe(true)
  expect(current.plan.warnings).toContainEqual(expect.stringContaining('{ versions: true }'))
  expect(all.ways).toEqual([
    ['copy-in-place', undefined],
    ['update-encryption', true],
    ['not-possible', true],
  ])
  expect(all.plan.complete).toBe(false)
  expect(all.plan.warnings).toContainEqual(expect.stringContaining('A version that is copied stays as it is'))
  const copied = all.plan.objects.find(({ uri }) => uri === name)
  expect(copied?.loses).toContainEqual(
    expect.stringMatching(/^its place as the current version: version v\d+/),
  )
})

test('under a key of another account only a copy can be put', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const theirs = cloud.key({ account: '444455556666', policy: OPEN }).keyArn

  const plan = await planReencryption({ arn: ARN }, outputKey(theirs), aws)
  const copying = await planReencryption({ arn: ARN }, outputKey(theirs), aws, { copyInPlace: true })

  expect(new Set(plan.objects.map(({ why }) => why))).toEqual(
    new Set([
      'S3 puts objects in place only under keys of the account that owns the bucket; a copy over itself can, if you allow it: { copyInPlace: true }',
    ]),
  )
  expect(new Set(copying.objects.map(({ how }) => how))).toEqual(new Set(['copy-in-place']))
})

const OPEN = {
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Principal: '*', Action: 'kms:*', Resource: '*' }],
}

test('the roles of the job and of its final model are asked about, and who can mend what they lack', async () => {
  const { aws, cloud } = await endedJob({ objects: 10, isAutomated: true })
  const closed = cloud.key({
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  }).keyArn
  cloud.inject({
    call: 'sagemaker:DescribeModel',
    fault: { instead: () => ({ ExecutionRoleArn: 'arn:aws:iam::111122223333:role/Model' }) },
  })

  const { readers, toTicket, warnings } = await planReencryption({ arn: ARN }, outputKey(closed), aws)
  cloud.inject({ call: 'sagemaker:DescribeModel', fault: 'access-denied' })
  const denied = await planReencryption({ arn: ARN }, outputKey(closed), aws)

  expect(readers).toEqual([
    { who: 'arn:aws:iam::111122223333:role/service-role/GtExec', owner: 'key', verdict: 'missing' },
    { who: 'arn:aws:iam::111122223333:role/Model', owner: 'key', verdict: 'missing' },
  ])
  expect(warnings.join(' ')).not.toContain('final model')
  expect(denied.warnings).toContainEqual(
    expect.stringMatching(/^Which role runs the final model .* is not known/),
  )
  expect(toTicket('key')).toContain('"AWS": "arn:aws:iam::111122223333:role/service-role/GtExec"')
  expect(toTicket('key')).toContain('iam.PolicyStatement.fromJson')
  expect(toTicket('role')).toContain('Nothing is asked of')
  expect(toTicket('you')).toContain('under the key')
  expect(() => toTicket('nobody' as never)).toThrow('"nobody" is no owner')
})

test('a Deny in the policies of the role is for the owner of the role', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    inline: {
      No: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }],
      },
    },
  })

  const { readers, toTicket } = await planReencryption({ arn: ARN }, KEY, aws)

  expect(readers).toMatchObject([{ owner: 'role', verdict: 'denied' }])
  expect(toTicket('role')).toContain('Have the Deny spare it')
})

test('a job that may write on is not planned for', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: {
      instead: () => ({
        LabelingJobStatus: 'Stopping',
        LabelingJobArn: ARN,
        LabelingJobName: 'Street-Signs',
      }),
    },
  })

  const planning = planReencryption({ arn: ARN }, KEY, aws)

  await expect(planning).rejects.toMatchObject({ code: 'job-not-finished', data: { received: 'Stopping' } })
  await expect(planning).rejects.toThrow('the job is Stopping: it writes on')
})

test.each([
  ['no proof', undefined, {}, 'the proof names no job'],
  [
    'evidence',
    { jobs: [] },
    {},
    'This is evidence of many jobs: give the proof of one, evidence.jobs[0].proof',
  ],
  ['a job of evidence', { job: {}, proof: {} }, {}, 'It has a proof: give that, evidence.jobs[0].proof'],
  ['a proof without a job', { arn: 'x' }, {}, 'its arn is "x"'],
  ['a job of another region', { arn: ARN.replace('us-east-1', 'eu-west-1') }, {}, 'is in eu-west-1'],
  ['a job of another account', { arn: ARN.replace('1111', '4444') }, {}, 'use credentials of the account'],
  ['an option that there is not', { arn: ARN }, { version: true }, 'it has no option version'],
  ['an option of the wrong kind', { arn: ARN }, { copyInPlace: 'yes' }, 'give true or false'],
])('%s is refused', async (_, proof, options, words) => {
  const { aws } = await endedJob({ objects: 1 })

  const planning = planReencryption(proof as never, KEY, aws, options as never)

  await expect(planning).rejects.toMatchObject({ code: 'refused-call' })
  await expect(planning).rejects.toThrow(words)
})

test('a key for volumes is refused, whatever the compiler says', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })

  const planning = planReencryption({ arn: ARN }, volumeKey('alias/ours') as never, aws)

  await expect(planning).rejects.toThrow('alias/ours is a key for volumes')
  expect(cloud.calls).toHaveLength(0)
})

test('a key that cannot be used is refused, and a folder that may not be listed', async () => {
  const { aws, cloud, ours } = await endedJob({ objects: 1 })
  cloud.inject({ call: 's3:ListObjectsV2', fault: 'access-denied' })

  const listing = planReencryption({ arn: ARN }, KEY, aws)
  await expect(listing).rejects.toMatchObject({ code: 'access-denied' })
  cloud.setKeyState(ours, 'Disabled')
  const disabled = planReencryption({ arn: ARN }, KEY, aws)

  await expect(disabled).rejects.toMatchObject({ code: 'key-disabled' })
})

test('an object that is gone or may not be read is left out, or named', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.inject({ call: 's3:HeadObject', fault: { name: 'NotFound', message: '', status: 404 } })
  cloud.inject({ call: 's3:HeadObject', fault: 'access-denied' })
  cloud.inject({ call: 's3:HeadObject', fault: 'throttle' })

  const { objects } = await planReencryption({ arn: ARN }, KEY, aws)

  expect(objects.map(({ how, why }) => why ?? how)).toEqual([
    'S3 answers 403: s3:GetObject is not allowed on it',
    'update-encryption',
    'update-encryption',
    'update-encryption',
  ])
})

test('credentials that run out while objects are looked at are told as such', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  const expired = { name: 'ExpiredToken', message: 'The provided token has expired.', status: 400 }
  cloud.inject({ call: 's3:HeadObject', fault: expired, times: 5 })
  cloud.inject({ call: 's3:ListObjectsV2', fault: expired, after: 1 })

  const planning = planReencryption({ arn: ARN }, KEY, aws)

  await expect(planning).rejects.toMatchObject({ code: 'credentials' })
})

test('a plan shows what it would do, and nothing in a name becomes markup', async () => {
  const { aws, cloud } = await endedJob({ objects: 1 })
  cloud.object(`${FOLDER}\`\`\`<b>\u202e`, '', { encryption: 'none' })

  const plan = await planReencryption({ arn: ARN }, KEY, aws, { copyInPlace: true })

  expect(String(plan)).toContain('plan: the output of Street-Signs under arn:aws:kms')
  expect(String(plan)).toContain('  changed in place     5')
  expect(String(plan)).toContain('takes                18 requests to S3, about 0.0001 USD')
  expect(String(plan)).toContain(`changed in place  ${MANIFEST}`)
  expect(String(plan)).not.toContain('\u202e')
  expect(plan.toMarkdown().startsWith('````text\n')).toBe(true)
  expect(plan.toHtml()).toContain('&#60;b&#62;')
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan.toJSON())
})

test('an object that is doubly under the key is under it for the plan as for the proof', async () => {
  const { aws, cloud, ours } = await endedJob({ objects: 1 })
  cloud.object(`${FOLDER}z/dsse`, '', { encryption: 'dsse', key: ours })

  const proof = await proveJob('Street-Signs', aws, { expect: { outputKey: KEY } })
  const plan = await planReencryption(proof, KEY, aws)

  expect(proof.objects.find(({ standing }) => standing === 'expected')?.count).toBe(1)
  expect([plan.alreadyUnderKey, plan.complete]).toEqual([1, true])
  expect(plan.objects.map(({ uri }) => uri)).not.toContain(`${FOLDER}z/dsse`)
})
