import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  ReEncryptCommand,
} from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const Plaintext = new Uint8Array([1])
const DryRun = true
const DryRunModifiers = ['IGNORE_CIPHERTEXT'] as ['IGNORE_CIPHERTEXT']

/** One probe for each permission, as it is sent, and the permissions it needs. */
const PROBES: [string, string[], (KeyId: string) => object][] = [
  ['Encrypt', ['Encrypt'], (KeyId) => new EncryptCommand({ KeyId, Plaintext, DryRun })],
  ['Decrypt', ['Decrypt'], (KeyId) => new DecryptCommand({ KeyId, DryRun, DryRunModifiers })],
  [
    'ReEncrypt',
    ['ReEncryptFrom', 'ReEncryptTo'],
    (KeyId) => new ReEncryptCommand({ SourceKeyId: KeyId, DestinationKeyId: KeyId, DryRun, DryRunModifiers }),
  ],
  [
    'GenerateDataKey',
    ['GenerateDataKey'],
    (KeyId) => new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', DryRun }),
  ],
  [
    'GenerateDataKeyWithoutPlaintext',
    ['GenerateDataKeyWithoutPlaintext'],
    (KeyId) => new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 16, DryRun }),
  ],
  [
    'GenerateDataKeyPair',
    ['GenerateDataKeyPair'],
    (KeyId) => new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256', DryRun }),
  ],
  [
    'GenerateDataKeyPairWithoutPlaintext',
    ['GenerateDataKeyPairWithoutPlaintext'],
    (KeyId) =>
      new GenerateDataKeyPairWithoutPlaintextCommand({ KeyId, KeyPairSpec: 'ECC_NIST_P256', DryRun }),
  ],
]

const SESSION = 'arn:aws:sts::111122223333:assumed-role/GtExec/probe'

test.each(PROBES)('a dry run of %s tells a role what it may do', async (_, actions, make) => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const allow = (Action: string[]) =>
    cloud.key({
      policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: roleArn }, Action, Resource: '*' }] },
    }).keyArn
  const allowed = allow(actions.map((action) => `kms:${action}`))
  const missing = allow(['kms:DescribeKey'])

  const yes = await refusal(cloud.as(SESSION).send(make(allowed)))
  const no = await refusal(cloud.as(SESSION).send(make(missing)))

  expect(yes).toEqual({
    name: 'DryRunOperationException',
    message: 'The request would have succeeded, but the DryRun option is set.',
  })
  expect(no).toEqual({
    name: 'AccessDeniedException',
    message: `User: ${SESSION} is not authorized to perform: kms:${actions[0]} on resource: ${missing} because no resource-based policy allows the kms:${actions[0]} action`,
  })
  expect(cloud.calls.writes()).toEqual([])
})

test.each(PROBES)('a dry run of %s shows the state and usage of the key', async (_, __, make) => {
  const cloud = fakeAws()
  const signing = cloud.key({ usage: 'SIGN_VERIFY' })
  const disabled = cloud.key({ state: 'Disabled' })
  const importing = cloud.key({ state: 'PendingImport' })

  const answers = await Promise.all(
    [signing, disabled, importing].map(({ keyArn }) => refusal(cloud.send(make(keyArn)))),
  )

  expect(answers.map(({ name }) => name)).toEqual([
    'InvalidKeyUsageException',
    'DisabledException',
    'KMSInvalidStateException',
  ])
  expect(answers[2]?.message).toBe(`${importing.keyArn} is pending import.`)
})

test('custom key stores make no key pairs', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ origin: 'AWS_CLOUDHSM' })

  const refused = await refusal(
    cloud.send(new GenerateDataKeyPairCommand({ KeyId: keyArn, KeyPairSpec: 'ECC_NIST_P256', DryRun })),
  )

  expect(refused.name).toBe('UnsupportedOperationException')
})

test('nothing is really encrypted', async () => {
  const cloud = fakeAws()
  const { keyArn: KeyId } = cloud.key()

  const encrypt = await refusal(cloud.send(new EncryptCommand({ KeyId, Plaintext })))
  const ciphertext = await refusal(
    cloud.send(new DecryptCommand({ KeyId, CiphertextBlob: Plaintext, DryRun })),
  )

  expect(encrypt).toEqual({
    name: 'UnknownOperationException',
    message: 'FakeAws does not know kms:Encrypt without DryRun: true; it encrypts nothing.',
  })
  expect(ciphertext.name).toBe('ValidationException')
})

test.each([
  [
    'Encrypt without plaintext',
    (KeyId: string) => new EncryptCommand({ KeyId, Plaintext: undefined, DryRun }),
  ],
  ['GenerateDataKey without a size', (KeyId: string) => new GenerateDataKeyCommand({ KeyId, DryRun })],
  [
    'GenerateDataKey with two sizes',
    (KeyId: string) => new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', NumberOfBytes: 1, DryRun }),
  ],
  [
    'GenerateDataKeyPair without a spec',
    (KeyId: string) => new GenerateDataKeyPairCommand({ KeyId, KeyPairSpec: undefined, DryRun }),
  ],
])('%s is a mistake', async (_, make) => {
  const cloud = fakeAws()

  const refused = await refusal(cloud.send(make(cloud.key().keyArn)))

  expect(refused.name).toBe('ValidationException')
})

test('an encryption context counts', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const { keyArn: KeyId } = cloud.key({
    policy: {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: roleArn },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: {
            StringEquals: { 'kms:EncryptionContext:team': 'vision' },
            'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['team'] },
          },
        },
      ],
    },
  })
  const probe = (EncryptionContext?: Record<string, string>) =>
    refusal(
      cloud.as(SESSION).send(
        new DecryptCommand({
          KeyId,
          DryRun,
          DryRunModifiers,
          ...(EncryptionContext && { EncryptionContext }),
        }),
      ),
    )

  const names = [
    await probe(),
    await probe({ team: 'vision' }),
    await probe({ team: 'audio' }),
    await probe({ team: 'vision', other: 'x' }),
  ].map(({ name }) => name)

  expect(names).toEqual([
    'AccessDeniedException',
    'DryRunOperationException',
    'AccessDeniedException',
    'AccessDeniedException',
  ])
})
