import {
  DescribeKeyCommand,
  DisabledException,
  InvalidArnException,
  type KeyMetadata,
  KMSClient,
  KMSInternalException,
  NotFoundException,
} from '@aws-sdk/client-kms'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../src/aws/connect.js'
import type { KeyError } from '../../src/keys/key-error.js'
import { lookUpKey, resolveKey } from '../../src/keys/resolve-key.js'
import { outputKey, volumeKey } from '../../src/names/kms-key.js'

const ID = '1234abcd-12ab-34cd-56ef-1234567890ab'
const ARN = `arn:aws:kms:us-east-1:111122223333:key/${ID}`
const GOOD: KeyMetadata = {
  KeyId: ID,
  Arn: ARN,
  AWSAccountId: '111122223333',
  Enabled: true,
  KeyState: 'Enabled',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyManager: 'CUSTOMER',
  Origin: 'AWS_KMS',
  MultiRegion: false,
}

const kms = mockClient(KMSClient)
const sts = mockClient(STSClient)
let aws: ReturnType<typeof connect>

// Other test files of the same process talk through the same classes.
afterAll(() => {
  kms.restore()
  sts.restore()
})

beforeEach(() => {
  kms.reset()
  sts.reset()
  sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333' })
  const region = 'us-east-1'
  aws = connect({
    region,
    clients: { kms: new KMSClient({ region }), sts: new STSClient({ region }) },
    clock: { now: () => new Date('2026-11-25'), sleep: async () => {} },
  })
})

async function failure(key: string, options = {}): Promise<KeyError> {
  const thrown = await lookUpKey(key, aws, { purpose: 'output', ...options }).catch((error) => error)
  expect(thrown).toMatchObject({ name: 'LabelingJobError' })
  return thrown
}

describe('a key that can be used', () => {
  test.each([
    ['an alias', 'alias/gt-output'],
    ['an alias ARN', 'arn:aws:kms:us-east-1:111122223333:alias/gt-output'],
    ['a key id', ID],
    ['a key ARN', ARN],
  ])('comes back from %s as its ARN', async (_form, name) => {
    kms.on(DescribeKeyCommand, { KeyId: name }).resolves({ KeyMetadata: GOOD })

    const resolved = await resolveKey(name as `alias/${string}`, aws)

    expect(resolved).toEqual({
      given: name,
      arn: ARN,
      keyId: ID,
      account: '111122223333',
      region: 'us-east-1',
      multiRegion: false,
      origin: 'AWS_KMS',
    })
  })

  test('may be of another account when it is named by its ARN', async () => {
    const arn = ARN.replace('111122223333', '444455556666')
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...GOOD, Arn: arn, AWSAccountId: '444455556666' } })

    expect((await resolveKey(outputKey(arn), aws)).account).toBe('444455556666')
  })

  test('says when imported key material expires', async () => {
    const expiresAt = new Date('2026-12-01T00:00:00Z')
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...GOOD, Origin: 'EXTERNAL', ValidTo: expiresAt } })

    expect(await resolveKey('alias/imported', aws)).toMatchObject({ origin: 'EXTERNAL', expiresAt })
  })

  test('may be moving its primary to another region', async () => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...GOOD, KeyState: 'Updating' } })

    expect((await resolveKey('alias/moving', aws)).arn).toBe(ARN)
  })
})

describe('what DescribeKey is asked', () => {
  test('asks once a key and client, however often and for whatever purpose it is needed', async () => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: GOOD })

    await Promise.all([resolveKey(outputKey('alias/one'), aws), resolveKey(volumeKey('alias/one'), aws)])
    await resolveKey('alias/one', aws)
    await resolveKey('alias/two', aws)

    expect(kms.commandCalls(DescribeKeyCommand).map(({ args }) => args[0].input)).toEqual([
      { KeyId: 'alias/one' },
      { KeyId: 'alias/two' },
    ])
  })

  test('shares what it knows between connections over one client', async () => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: GOOD })
    const client = new KMSClient({ region: 'us-east-1' })

    await resolveKey('alias/one', connect({ region: 'us-east-1', clients: { kms: client } }))
    await resolveKey('alias/one', connect({ region: 'us-east-1', clients: { kms: client } }))

    expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(1)
  })

  test('asks again after five minutes: a key may have been disabled, an alias pointed elsewhere', async () => {
    let now = 0
    const clock = { now: () => new Date(now), sleep: async () => {} }
    const timed = connect({
      region: 'us-east-1',
      clients: { kms: new KMSClient({ region: 'us-east-1' }) },
      clock,
    })
    kms
      .on(DescribeKeyCommand)
      .resolvesOnce({ KeyMetadata: GOOD })
      .resolves({ KeyMetadata: { ...GOOD, KeyState: 'Disabled' } })
    await resolveKey('alias/one', timed)

    now = 299_999
    await resolveKey('alias/one', timed)
    now = 300_000

    await expect(resolveKey('alias/one', timed)).rejects.toMatchObject({ code: 'key-disabled' })
    expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(2)
  })

  test('asks again for a fresh answer, and after a failure', async () => {
    kms
      .on(DescribeKeyCommand)
      .rejectsOnce(new DisabledException({ message: 'off', $metadata: {} }))
      .resolves({ KeyMetadata: GOOD })

    await failure('alias/one')
    await resolveKey('alias/one', aws)
    await resolveKey('alias/one', aws, { fresh: true })

    expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(3)
  })

  test('asks again by itself when the failure passes by itself', async () => {
    kms
      .on(DescribeKeyCommand)
      .rejectsOnce(new KMSInternalException({ message: 'try later', $metadata: {} }))
      .rejectsOnce(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
      .resolves({ KeyMetadata: GOOD })

    expect((await resolveKey('alias/one', aws)).arn).toBe(ARN)
    expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(3)
  })

  test('ends the wait of whoever aborts, and not that of another on the same key', async () => {
    const controller = new AbortController()
    kms.on(DescribeKeyCommand).callsFake(async () => {
      controller.abort(new Error('enough'))
      return { KeyMetadata: GOOD }
    })

    const [ended, other] = await Promise.allSettled([
      resolveKey(outputKey('alias/one'), aws, { signal: controller.signal }),
      resolveKey('alias/one', aws),
    ])

    expect(ended).toMatchObject({
      reason: {
        name: 'AbortError',
        code: 'aborted',
        message: 'Cannot use alias/one as the output key: its signal was aborted.',
        cause: controller.signal.reason,
      },
    })
    expect(other).toMatchObject({ value: { arn: ARN } })
    expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(1)
  })

  test.each([
    ['alias/aws/s3', 'key-aws-managed'],
    ['arn:aws:kms:us-east-1:111122223333:alias/aws/ebs', 'key-aws-managed'],
    ['my-key', 'key-invalid'],
    ['', 'key-invalid'],
    [ARN.replace('us-east-1', 'eu-west-1'), 'key-wrong-region'],
    [ARN.replace('arn:aws:', 'arn:aws-cn:'), 'key-wrong-partition'],
  ])('asks nothing for %s: %s', async (name, code) => {
    const error = await failure(name)

    expect(error.code).toBe(code)
    expect(kms.calls()).toHaveLength(0)
  })
})

describe('a key that cannot be used', () => {
  test.each<[string, Partial<KeyMetadata>, string, string]>([
    [
      'a key of AWS',
      { KeyManager: 'AWS' },
      'key-aws-managed',
      'is a key of AWS, whose policy nobody can change',
    ],
    ['a disabled key', { KeyState: 'Disabled' }, 'key-disabled', 'is disabled'],
    [
      'a key to be deleted',
      { KeyState: 'PendingDeletion', DeletionDate: new Date('2026-12-24T00:00:00Z') },
      'key-pending-deletion',
      'will be deleted on 2026-12-24',
    ],
    [
      'a replica to be deleted',
      { KeyState: 'PendingReplicaDeletion' },
      'key-pending-deletion',
      'will be deleted',
    ],
    ['a key without material', { KeyState: 'PendingImport' }, 'key-not-ready', 'is in state PendingImport'],
    ['a key being made', { KeyState: 'Creating' }, 'key-not-ready', 'is in state Creating'],
    ['a key of a lost key store', { KeyState: 'Unavailable' }, 'key-not-ready', 'is in state Unavailable'],
    ['an asymmetric key', { KeySpec: 'RSA_2048' }, 'key-not-symmetric', 'is of spec RSA_2048'],
    [
      'a signing key',
      { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
      'key-wrong-usage',
      'is for SIGN_VERIFY',
    ],
    [
      'a key elsewhere',
      { Arn: ARN.replace('us-east-1', 'eu-west-1') },
      'key-wrong-region',
      'is in eu-west-1 and the job runs in us-east-1',
    ],
  ])('is refused when it is %s', async (_what, change, code, words) => {
    kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...GOOD, ...change } as KeyMetadata })

    const error = await failure('alias/gt')

    expect(error.code).toBe(code)
    expect(error.message).toContain('Cannot use alias/gt as the output key: ')
    expect(error.message).toContain(words)
    expect(error.data).toMatchObject({ key: 'alias/gt', purpose: 'output', region: 'us-east-1' })
  })

  test('is not told from an answer without ARN', async () => {
    kms
      .on(DescribeKeyCommand)
      .resolves({ KeyMetadata: { ...GOOD, Arn: undefined } as unknown as KeyMetadata })

    expect(await failure('alias/gt')).toMatchObject({
      code: 'aws-call-failed',
      message:
        'Cannot use alias/gt as the output key: kms:DescribeKey gave no key ARN. Check that the KMS client talks to KMS.',
      data: { call: 'kms:DescribeKey', region: 'us-east-1', mayHaveHappened: false },
    })
  })

  test('names region and account when KMS does not find the alias, and asks STS only then', async () => {
    kms
      .on(DescribeKeyCommand)
      .rejects(new NotFoundException({ message: 'Alias … is not found.', $metadata: {} }))

    const error = await failure('alias/gone')

    expect(error.message).toBe(
      'Cannot use alias/gone as the output key: KMS finds no such alias in us-east-1, account 111122223333. Check the name, the region and the account; for a key of another account give its ARN.',
    )
    expect(error.code).toBe('key-not-found')
    expect(error.cause).toMatchObject({ data: { awsError: 'NotFoundException' } })
    expect(sts.calls()).toHaveLength(1)
  })

  test('takes the account from an ARN without asking STS', async () => {
    kms.on(DescribeKeyCommand).rejects(new NotFoundException({ message: 'no', $metadata: {} }))

    const error = await failure(ARN)

    expect(error.why).toBe('KMS finds no such key in us-east-1, account 111122223333')
    expect(sts.calls()).toHaveLength(0)
  })

  test('does without the account when STS cannot tell it', async () => {
    kms.on(DescribeKeyCommand).rejects(new NotFoundException({ message: 'no', $metadata: {} }))
    sts.on(GetCallerIdentityCommand).rejects(new Error('offline'))

    expect((await failure('alias/gone')).why).toContain('account of the caller')
  })

  test.each([
    [
      Object.assign(new Error('User … is not authorized'), { name: 'AccessDeniedException' }),
      'key-access-denied',
      'kms:DescribeKey is not allowed',
    ],
    [
      new InvalidArnException({ message: 'Invalid arn us-west-2', $metadata: {} }),
      'key-invalid',
      'Invalid arn us-west-2',
    ],
  ])('explains %s', async (thrown, code, words) => {
    kms.on(DescribeKeyCommand).rejects(thrown)

    const error = await failure('alias/gt')

    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect((error.cause as Error).cause).toBe(thrown)
  })

  test.each([
    [
      new KMSInternalException({ message: 'internal', $metadata: {} }),
      'aws-unavailable',
      'kms:DescribeKey answered KMSInternalException: internal',
    ],
    [
      Object.assign(new Error('timed out'), { name: 'DependencyTimeoutException' }),
      'aws-unavailable',
      'kms:DescribeKey answered DependencyTimeoutException: timed out',
    ],
    [
      Object.assign(new Error('slow down'), { name: 'ThrottlingException' }),
      'throttled',
      'kms:DescribeKey answered ThrottlingException: slow down',
    ],
    [
      Object.assign(new Error('getaddrinfo ENOTFOUND kms'), { code: 'ENOTFOUND' }),
      'network',
      'kms:DescribeKey could not reach kms in us-east-1 (ENOTFOUND: getaddrinfo ENOTFOUND kms)',
    ],
    [
      new DisabledException({ message: 'off', $metadata: {} }),
      'aws-call-failed',
      'kms:DescribeKey answered DisabledException: off',
    ],
  ])('is no verdict on the key when the call fails: %s', async (thrown, code, why) => {
    kms.on(DescribeKeyCommand).rejects(thrown)

    const error = await failure('alias/gt')

    expect(error).toMatchObject({ code, what: 'Cannot use alias/gt as the output key', why, cause: thrown })
  })
})
