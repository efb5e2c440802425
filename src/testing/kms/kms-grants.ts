import type {
  CreateGrantCommandInput,
  ListGrantsCommandInput,
  RevokeGrantCommandInput,
} from '@aws-sdk/client-kms'
import type { Grant } from '../../aws/kms-calls.js'
import { authorizeKey } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { grantsShown, storeGrant } from '../world/stored-grant.js'
import type { Call, Operations, World } from '../world/world.js'
import { principalExists } from './check-key-policy.js'
import { dryRun } from './kms-cryptography.js'
import { assertUsable, keyByIdOrArn, kmsPage, required } from './kms-keys.js'

/** The grant operations of KMS. */
export const KMS_GRANTS: Operations = {
  CreateGrant: createGrant,
  ListGrants: listGrants,
  RevokeGrant: revokeGrant,
}

function createGrant(world: World, call: Call, input: CreateGrantCommandInput) {
  const key = keyByIdOrArn(world, call, input.KeyId)
  const grantee = required(input.GranteePrincipal, 'granteePrincipal')
  const operations = required(input.Operations, 'operations')
  authorizeKey(world, call, key, 'kms:CreateGrant', {
    'kms:GranteePrincipal': grantee,
    'kms:GrantOperations': operations,
    'kms:GrantIsForAWSResource': 'false',
    ...(input.RetiringPrincipal !== undefined && { 'kms:RetiringPrincipal': input.RetiringPrincipal }),
  })
  if (key.manager === 'AWS') {
    throw new AwsFault(
      'AccessDeniedException',
      `${key.arn} is an AWS managed key and takes no grants of yours.`,
    )
  }
  // A key that is only out of reach still takes grants.
  if (key.state !== 'Unavailable') assertUsable(key)
  for (const principal of [grantee, input.RetiringPrincipal]) {
    if (principal !== undefined && !principalExists(world, principal)) {
      throw new AwsFault('InvalidArnException', `ARN does not refer to a valid principal: ${principal}`)
    }
  }
  if (input.DryRun === true) throw dryRun()
  const grant: Grant = {
    ...(input.Name !== undefined && { Name: input.Name }),
    GranteePrincipal: grantee,
    IssuingAccount: `arn:${world.partition}:iam::${call.caller.account}:root`,
    Operations: [...operations],
    CreationDate: call.at,
    ...(input.RetiringPrincipal !== undefined && { RetiringPrincipal: input.RetiringPrincipal }),
    ...(input.Constraints !== undefined && {
      Constraints: input.Constraints as NonNullable<Grant['Constraints']>,
    }),
  }
  const same = key.grants.find((one) => input.Name !== undefined && sameGrant(one.grant, grant))
  if (same !== undefined) return { GrantId: same.grant.GrantId, GrantToken: same.token }
  const GrantId = world.ids.hex(64)
  const stored = storeGrant(world, { ...grant, GrantId }, call.at, call.visibleFrom)
  key.grants.push(stored)
  call.wrote()
  return { GrantId, GrantToken: stored.token }
}

function listGrants(world: World, call: Call, input: ListGrantsCommandInput) {
  const key = keyByIdOrArn(world, call, input.KeyId)
  authorizeKey(world, call, key, 'kms:ListGrants')
  const grants = grantsShown(world, key, call.at).filter(
    (grant) =>
      (input.GrantId === undefined || grant.GrantId === input.GrantId) &&
      (input.GranteePrincipal === undefined || grant.GranteePrincipal === input.GranteePrincipal),
  )
  const { shown, rest } = kmsPage(world, grants, input, 50)
  return { Grants: shown.map((grant) => ({ KeyId: key.arn, ...grant })), ...rest }
}

function revokeGrant(world: World, call: Call, input: RevokeGrantCommandInput) {
  const key = keyByIdOrArn(world, call, input.KeyId)
  const grantId = required(input.GrantId, 'grantId')
  authorizeKey(world, call, key, 'kms:RevokeGrant', { 'kms:GrantIsForAWSResource': 'false' })
  const index = key.grants.findIndex(({ grant }) => grant.GrantId === grantId)
  if (index < 0) throw new AwsFault('NotFoundException', `Grant ${grantId} on ${key.arn} is not found.`)
  if (input.DryRun === true) throw dryRun()
  key.grants.splice(index, 1)
  call.wrote()
  return {}
}

function sameGrant(one: Grant, other: Grant): boolean {
  return meaning(one) === meaning(other)
}

/** What KMS compares when a grant of the same name is asked for again. */
function meaning(grant: Grant): string {
  const { Name, GranteePrincipal, RetiringPrincipal, IssuingAccount, Operations = [], Constraints } = grant
  const operations = [...Operations].sort()
  return JSON.stringify([Name, GranteePrincipal, RetiringPrincipal, IssuingAccount, operations, Constraints])
}
