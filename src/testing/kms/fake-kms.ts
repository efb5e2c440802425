import type {
  DescribeKeyCommandInput,
  GetKeyPolicyCommandInput,
  ListAliasesCommandInput,
  ListKeyPoliciesCommandInput,
  ListResourceTagsCommandInput,
  PutKeyPolicyCommandInput,
} from '@aws-sdk/client-kms'
import { parseArn } from '../../names/arn.js'
import { aliasName, authorize, authorizeKey } from '../authorize/authorize.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import { readKeyPolicy, storePolicy } from '../world/stored-policy.js'
import type { Call, FakeKey, Operations, World } from '../world/world.js'
import { checkKeyPolicy } from './check-key-policy.js'
import { KMS_CRYPTOGRAPHY } from './kms-cryptography.js'
import { KMS_GRANTS } from './kms-grants.js'
import { keyByIdOrArn, keyNamed, kmsPage, required } from './kms-keys.js'

/** The KMS of the fake: keys and aliases by account and region, policies, grants, and probes with `DryRun`. */
export const KMS: Operations = {
  DescribeKey: describeKey,
  GetKeyPolicy: getKeyPolicy,
  PutKeyPolicy: putKeyPolicy,
  ListKeyPolicies: listKeyPolicies,
  ListAliases: listAliases,
  ListResourceTags: listResourceTags,
  ...KMS_GRANTS,
  ...KMS_CRYPTOGRAPHY,
}

function describeKey(world: World, call: Call, input: DescribeKeyCommandInput) {
  const key = keyNamed(world, call, input.KeyId)
  authorizeKey(world, call, key, 'kms:DescribeKey')
  return { KeyMetadata: metadata(key) }
}

function getKeyPolicy(world: World, call: Call, input: GetKeyPolicyCommandInput) {
  const key = ownKey(world, call, input.KeyId, 'kms:GetKeyPolicy')
  if (input.PolicyName === SHARED && key.sharedPolicy !== undefined)
    return { Policy: key.sharedPolicy, PolicyName: SHARED }
  checkPolicyName(input.PolicyName)
  return { Policy: readKeyPolicy(world, key.policy.at(call.at)), PolicyName: 'default' }
}

/** The policy that AWS RAM writes on a key that is shared. */
const SHARED = 'AWS_RAM'

function listKeyPolicies(world: World, call: Call, input: ListKeyPoliciesCommandInput) {
  const key = ownKey(world, call, input.KeyId, 'kms:ListKeyPolicies')
  const names = ['default', ...(key.sharedPolicy === undefined ? [] : [SHARED])]
  const { shown, rest } = kmsPage(world, names, input, 100)
  return { PolicyNames: shown, ...rest }
}

function putKeyPolicy(world: World, call: Call, input: PutKeyPolicyCommandInput) {
  const text = required(input.Policy, 'policy')
  const key = ownKey(world, call, input.KeyId, 'kms:PutKeyPolicy')
  if (input.PolicyName === SHARED)
    throw new AwsFault('ValidationException', 'The AWS_RAM policy can only be managed by the RAM service')
  checkPolicyName(input.PolicyName)
  if (key.manager === 'AWS') {
    throw new AwsFault(
      'UnsupportedOperationException',
      `The policy of ${key.arn} cannot be changed: it is an AWS managed key.`,
    )
  }
  checkKeyPolicy(world, call, key, text, input.BypassPolicyLockoutSafetyCheck === true)
  key.policy.write(storePolicy(world, text), call.visibleFrom)
  call.wrote()
  return {}
}

function listAliases(world: World, call: Call, input: ListAliasesCommandInput) {
  authorize(world, call, 'kms:ListAliases', '*')
  const key = input.KeyId === undefined ? undefined : keyByIdOrArn(world, call, input.KeyId)
  const aliases = [...world.aliases]
    .filter(([alias, keyArn]) => {
      const { account, region } = parseArn(alias) ?? {}
      const here = account === call.caller.account && region === call.region
      return here && (key === undefined || key.arn === keyArn)
    })
    .map(([alias, keyArn]) => ({
      AliasName: aliasName(alias),
      AliasArn: alias,
      TargetKeyId: keyArn.slice(keyArn.lastIndexOf('/') + 1),
      ...datesOf(world, keyArn),
    }))
  const { shown, rest } = kmsPage(world, aliases, input, 50)
  return { Aliases: shown, ...rest }
}

/** An alias of the fake is as old as its key, and never moves to another. */
function datesOf(world: World, keyArn: string) {
  const CreationDate = world.keys.get(keyArn)?.createdAt
  return CreationDate && { CreationDate, LastUpdatedDate: CreationDate }
}

function listResourceTags(world: World, call: Call, input: ListResourceTagsCommandInput) {
  const key = ownKey(world, call, input.KeyId, 'kms:ListResourceTags')
  const tags = Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
  const { shown, rest } = kmsPage(world, tags, input, 50)
  return { Tags: shown, ...rest }
}

/** These operations never work on the key of another account, whatever its policy says. */
function ownKey(world: World, call: Call, name: string | undefined, action: string): FakeKey {
  const key = keyByIdOrArn(world, call, name)
  if (key.account !== call.caller.account) {
    throw accessDenied(
      'kms',
      `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${key.arn}`,
    )
  }
  authorizeKey(world, call, key, action)
  return key
}

function checkPolicyName(name: string | undefined): void {
  if (name !== undefined && name !== 'default') {
    throw new AwsFault('NotFoundException', `No such policy exists: ${name}`)
  }
}

function metadata(key: FakeKey) {
  const symmetric = key.spec === 'SYMMETRIC_DEFAULT'
  const encrypts = key.usage === 'ENCRYPT_DECRYPT'
  return {
    AWSAccountId: key.account,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: key.createdAt,
    Enabled: key.state === 'Enabled',
    Description: '',
    KeyUsage: key.usage,
    KeyState: key.state,
    Origin: key.origin,
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    MultiRegion: key.multiRegion,
    ...(encrypts && { EncryptionAlgorithms: [symmetric ? 'SYMMETRIC_DEFAULT' : 'RSAES_OAEP_SHA_256'] }),
    ...(key.validTo !== undefined && {
      ValidTo: key.validTo,
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    }),
    ...(key.deletionDate !== undefined && { DeletionDate: key.deletionDate }),
  }
}
