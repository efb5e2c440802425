import type {
  DecryptCommandInput,
  EncryptCommandInput,
  GenerateDataKeyCommandInput,
  GenerateDataKeyPairCommandInput,
  ReEncryptCommandInput,
} from '@aws-sdk/client-kms'
import { authorizeKey, type ExtraContext } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, FakeKey, Operations, World } from '../world/world.js'
import { assertUsable, keyNamed, required } from './kms-keys.js'

/**
 * The cryptographic operations of KMS, with `DryRun` only: each ends in `DryRunOperationException` when the call
 * would have gone through, or in the error it would have met. The fake encrypts nothing.
 */
export const KMS_CRYPTOGRAPHY: Operations = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  ReEncrypt: reEncrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKey,
  GenerateDataKeyPair: generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPair,
}

/** What a dry run answers when the call would have gone through. */
export function dryRun(): AwsFault {
  return new AwsFault(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
    412,
  )
}

function encrypt(world: World, call: Call, input: EncryptCommandInput): never {
  onlyDryRun(call, input.DryRun)
  required(input.Plaintext, 'plaintext')
  probe(world, call, input.KeyId, 'kms:Encrypt', input.EncryptionContext)
  throw dryRun()
}

function decrypt(world: World, call: Call, input: DecryptCommandInput): never {
  onlyDryRun(call, input.DryRun)
  needsNoCiphertext(input.DryRunModifiers)
  probe(world, call, input.KeyId, 'kms:Decrypt', input.EncryptionContext)
  throw dryRun()
}

function reEncrypt(world: World, call: Call, input: ReEncryptCommandInput): never {
  onlyDryRun(call, input.DryRun)
  needsNoCiphertext(input.DryRunModifiers)
  probe(world, call, input.SourceKeyId, 'kms:ReEncryptFrom', input.SourceEncryptionContext)
  probe(world, call, input.DestinationKeyId, 'kms:ReEncryptTo', input.DestinationEncryptionContext)
  throw dryRun()
}

function generateDataKey(world: World, call: Call, input: GenerateDataKeyCommandInput): never {
  onlyDryRun(call, input.DryRun)
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw new AwsFault('ValidationException', 'Please specify either number of bytes or key spec.')
  }
  probe(world, call, input.KeyId, `kms:${call.operation}`, input.EncryptionContext)
  throw dryRun()
}

function generateDataKeyPair(world: World, call: Call, input: GenerateDataKeyPairCommandInput): never {
  onlyDryRun(call, input.DryRun)
  required(input.KeyPairSpec, 'keyPairSpec')
  const key = probe(world, call, input.KeyId, `kms:${call.operation}`, input.EncryptionContext)
  if (key.origin === 'AWS_CLOUDHSM' || key.origin === 'EXTERNAL_KEY_STORE') {
    throw new AwsFault('UnsupportedOperationException', `${key.arn} is in a custom key store.`)
  }
  throw dryRun()
}

function probe(
  world: World,
  call: Call,
  keyName: string | undefined,
  action: string,
  encryptionContext: Record<string, string> | undefined,
): FakeKey {
  const key = keyNamed(world, call, keyName)
  authorizeKey(world, call, key, action, contextKeys(encryptionContext ?? {}))
  if (key.usage !== 'ENCRYPT_DECRYPT') {
    throw new AwsFault(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for ${call.operation}.`,
    )
  }
  assertUsable(key)
  return key
}

function contextKeys(encryptionContext: Readonly<Record<string, string>>): ExtraContext {
  const pairs = Object.entries(encryptionContext)
  return {
    ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ...(pairs.length > 0 && { 'kms:EncryptionContextKeys': pairs.map(([key]) => key) }),
  }
}

function onlyDryRun(call: Call, asked: boolean | undefined): void {
  if (asked === true) return
  throw new AwsFault(
    'UnknownOperationException',
    `FakeAws does not know kms:${call.operation} without DryRun: true; it encrypts nothing.`,
  )
}

function needsNoCiphertext(modifiers: readonly string[] | undefined): void {
  if (modifiers?.includes('IGNORE_CIPHERTEXT')) return
  throw new AwsFault(
    'ValidationException',
    "FakeAws has no ciphertexts: send DryRunModifiers: ['IGNORE_CIPHERTEXT'].",
  )
}
