import { describe, expect, test } from 'vitest'
import { readPermissions } from '../../../src/permissions/read/read-permissions.js'
import {
  allowText,
  CALLER,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  failing,
  JOB,
  NOW,
  OUTPUT_KEY,
  policyText,
  ROLE,
  requestWith,
  resolvedJob,
  TWO_KEY_JOB,
  VOLUME_KEY,
} from '../labeling-account.js'
import { scripted } from './scripted-aws.js'

const POLICY = policyText(DELEGATION)
const BOTH = { volume: POLICY }
const BY_FACTS = allowText('kms:*', '*', {
  Condition: { StringEquals: { 'aws:resourcetag/team': 'vision', 'KMS:ResourceAliases': 'alias/gt' } },
})

describe('the sources of a verdict', () => {
  test('are who reads, the role, each key once and for how long they must hold', async () => {
    const cloud = cloudWith(POLICY, BOTH)

    const sources = await readPermissions(TWO_KEY_JOB, cloud.connect())

    expect(sources).toMatchObject({
      region: 'us-east-1',
      caller: { arn: CALLER, account: '111122223333' },
      role: { arn: ROLE, presence: 'found' },
      keys: [
        { key: { arn: OUTPUT_KEY, given: OUTPUT_KEY }, purposes: ['output'], policy: POLICY, grants: [] },
        { key: { arn: VOLUME_KEY, given: VOLUME_KEY }, purposes: ['volume'], policy: POLICY, grants: [] },
      ],
      denied: [],
      readAt: NOW,
      runsUntil: new Date('2026-12-23T12:00:00Z'),
      organization: undefined,
    })
    expect(cloud.calls.of('kms:ListAliases')).toEqual([])
    expect(cloud.calls.of('kms:ListResourceTags')).toEqual([])
  })

  test('hold until when it is asked', async () => {
    const runsUntil = new Date('2026-11-24T00:00:00Z')

    const sources = await readPermissions(JOB, cloudWith(POLICY).connect(), {
      runsUntil,
      organization: 'none',
    })

    expect([sources.runsUntil, sources.organization]).toEqual([runsUntil, 'none'])
  })

  test('have one key for two purposes, asked for once', async () => {
    const cloud = cloudWith(POLICY)
    const job = resolvedJob({ output: OUTPUT_KEY, volume: OUTPUT_KEY })

    const { keys, requirements } = await readPermissions(job, cloud.connect())

    expect(keys.map(({ key, purposes }) => [key.arn, purposes])).toEqual([[OUTPUT_KEY, ['output', 'volume']]])
    expect(new Set(requirements.map(({ keyArn }) => keyArn))).toEqual(new Set([OUTPUT_KEY]))
    expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(1)
  })

  test('name a key as the job was given it, while it is the same key', async () => {
    const given = (arn: string) =>
      ({ ...JOB, keys: { output: { ...JOB.keys.output, arn, given: 'alias/gt' } } }) as never
    const cloud = cloudWith(POLICY)

    const same = await readPermissions(given(OUTPUT_KEY), cloud.connect())
    const other = await readPermissions(given(VOLUME_KEY), cloud.connect())

    expect([same, other].map(({ keys }) => keys.map(({ key }) => [key.arn, key.given]))).toEqual([
      [[OUTPUT_KEY, 'alias/gt']],
      [[OUTPUT_KEY, OUTPUT_KEY]],
    ])
  })

  test('are those of the request, whatever a resolved job says of its keys', async () => {
    const { keys: _, ...edited } = JOB

    const { keys } = await readPermissions(
      { ...edited, request: { ...requestWith({}), LabelingJobAlgorithmsConfig: {} } } as never,
      cloudWith(POLICY).connect(),
    )

    expect(keys).toEqual([])
  })

  test('have tags and aliases of a key when a policy of the role asks for them, in the account of the reader', async () => {
    const setup = { role: { inline: { Use: BY_FACTS } }, key: { tags: { team: 'vision' } }, foreign: POLICY }
    const job = resolvedJob({ output: OUTPUT_KEY, volume: FOREIGN_KEY })
    const cloud = cloudWith(POLICY, setup)

    const { keys } = await readPermissions(job, cloud.connect())

    expect(keys.map(({ key, tags, aliases }) => [key.arn, tags, aliases])).toEqual([
      [OUTPUT_KEY, { team: 'vision' }, []],
      [FOREIGN_KEY, undefined, undefined],
    ])
  })

  test('have them when the boundary of the role asks for them', async () => {
    const boundary = JSON.parse(BY_FACTS)
    const cloud = cloudWith(POLICY, { role: { boundary }, key: { tags: { team: 'vision' } } })

    const { keys } = await readPermissions(JOB, cloud.connect())

    expect(keys.map(({ tags, aliases }) => [tags, aliases])).toEqual([[{ team: 'vision' }, []]])
  })
})

describe('who reads', () => {
  test.each([
    [
      { Arn: CALLER, Account: '111122223333' },
      { arn: CALLER, account: '111122223333' },
    ],
    [{ Arn: CALLER }, undefined],
    [{ Account: '111122223333' }, undefined],
    [{}, undefined],
  ])('given as %j is %j', async (answer, caller) => {
    const { aws } = scripted(cloudWith(POLICY).connect(), { 'sts:GetCallerIdentity': () => answer })

    expect((await readPermissions(JOB, aws)).caller).toEqual(caller)
  })

  test('in the account of the role is told what IAM refused, and elsewhere only what KMS did', async () => {
    const refusedTo = async (Account: string) => {
      const cloud = cloudWith(POLICY)
      failing(cloud, 'iam:GetRole', 'AccessDenied', 'no')
      failing(cloud, 'kms:GetKeyPolicy', 'AccessDenied', 'no')
      const { aws } = scripted(cloud.connect(), {
        'sts:GetCallerIdentity': () => ({ Arn: CALLER, Account }),
      })
      const { denied } = await readPermissions(JOB, aws)
      return denied.map(({ permissionNeeded }) => permissionNeeded).sort()
    }

    expect(await refusedTo('111122223333')).toEqual(['iam:GetRole', 'kms:GetKeyPolicy'])
    expect(await refusedTo('444455556666')).toEqual(['kms:GetKeyPolicy'])
  })

  test('may give up before anything is read', async () => {
    const cloud = cloudWith(POLICY)

    await expect(
      readPermissions(JOB, cloud.connect(), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' })
    expect(cloud.calls.of()).toEqual([])
  })
})
