import { parseArn } from '../../names/arn.js'
import { keyForm } from '../../names/kms-key.js'
import { AwsFault } from '../world/aws-fault.js'
import { Eventually } from '../world/eventually.js'
import { page } from '../world/page.js'
import type { Call, FakeKey, World } from '../world/world.js'

/**
 * Finds the key a call names by key id, key ARN, alias or alias ARN, as DescribeKey and the cryptographic
 * operations take it. An id or an alias means the caller's own account and the call's region.
 */
export function keyNamed(world: World, call: Call, text: string | undefined): FakeKey {
  const name = required(text, 'keyId')
  if (keyForm(name) !== 'alias' && keyForm(name) !== 'alias-arn') return keyByIdOrArn(world, call, name)
  const aliasArn = keyForm(name) === 'alias' ? arnIn(world, call, name) : name
  if (parseArn(aliasArn)?.region !== call.region) throw invalidArn(aliasArn)
  const keyArn = world.aliases.get(aliasArn) ?? makeAwsManagedKey(world, call, aliasArn)
  const key = keyArn === undefined ? undefined : world.keys.get(keyArn)
  if (key === undefined) throw new AwsFault('NotFoundException', `Alias ${aliasArn} is not found.`)
  return key
}

/** Finds the key a call names by key id or key ARN only, as policy, grant and tag operations take it. */
export function keyByIdOrArn(world: World, call: Call, text: string | undefined): FakeKey {
  const name = required(text, 'keyId')
  if (keyForm(name) === 'alias-arn') throw new AwsFault('InvalidArnException', `Invalid arn ${name}`)
  const arn = name.startsWith('arn:') ? name : arnIn(world, call, `key/${name}`)
  if (keyForm(arn) === undefined) throw new AwsFault('NotFoundException', `Invalid keyId '${name}'`)
  if (parseArn(arn)?.region !== call.region) throw invalidArn(arn)
  const key = world.keys.get(arn)
  if (key === undefined) throw new AwsFault('NotFoundException', `Key '${arn}' does not exist`)
  return key
}

/** Refuses a key that cannot be used just now. */
export function assertUsable(key: FakeKey): void {
  if (key.state === 'Enabled' || key.state === 'Updating') return
  if (key.state === 'Disabled') throw new AwsFault('DisabledException', `${key.arn} is disabled.`)
  const state =
    { PendingDeletion: 'pending deletion', PendingImport: 'pending import' }[key.state] ?? key.state
  throw new AwsFault('KMSInvalidStateException', `${key.arn} is ${state}.`)
}

/** Cuts one page out of a list as KMS does, with `Truncated` and `NextMarker`. */
export function kmsPage<Item>(
  world: World,
  items: readonly Item[],
  { Limit, Marker }: { Limit?: number | undefined; Marker?: string | undefined },
  usual: number,
) {
  const { shown, next } = page(
    items,
    Math.min(Limit ?? usual, world.pageSize),
    Marker,
    'InvalidMarkerException',
  )
  return { shown, rest: { Truncated: next !== undefined, ...(next !== undefined && { NextMarker: next }) } }
}

/** A parameter that the service insists on. */
export function required<Value>(value: Value | undefined | null, name: string): Value {
  if (value !== undefined && value !== null) return value
  throw new AwsFault(
    'ValidationException',
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  )
}

function arnIn(world: World, call: Call, resource: string): string {
  return `arn:${world.partition}:kms:${call.region}:${call.caller.account}:${resource}`
}

function invalidArn(arn: string): AwsFault {
  return new AwsFault('NotFoundException', `Invalid arn ${parseArn(arn)?.region ?? arn}`)
}

/** Looking at an alias of AWS's own may bring its key into being. */
function makeAwsManagedKey(world: World, call: Call, aliasArn: string): string | undefined {
  const service = /:alias\/aws\/([a-z0-9]+)$/.exec(aliasArn)?.[1]
  if (service === undefined) return undefined
  const keyId = world.ids.uuid()
  const arn = arnIn(world, call, `key/${keyId}`)
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': call.caller.account,
            'kms:ViaService': `${service === 'ebs' ? 'ec2' : service}.${call.region}.amazonaws.com`,
          },
        },
      },
    ],
  })
  world.keys.set(arn, {
    keyId,
    arn,
    account: call.caller.account,
    region: call.region,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'AWS',
    origin: 'AWS_KMS',
    multiRegion: false,
    createdAt: call.at,
    tags: {},
    state: 'Enabled',
    policy: new Eventually({ text, principals: new Map() }),
    grants: [],
  })
  world.aliases.set(aliasArn, arn)
  call.wrote()
  return arn
}
