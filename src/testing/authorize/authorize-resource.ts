import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { accessDenied } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { callerPolicies, contextOf, EVERYTHING, type ExtraContext, isUnbound, refusal } from './authorize.js'
import type { Judgement } from './judge.js'
import { judgeResourceRequest } from './judge-resource.js'

/** A bucket, an object, a Lambda or a topic, as far as its guard goes. */
export interface Guarded {
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly policy: PolicyDocument | undefined
}

/** Refuses a call whose caller may not do that to a resource. */
export function authorizeResource(
  world: World,
  call: Call,
  action: string,
  resource: Guarded,
  extra: ExtraContext = {},
): void {
  const isAtHome = isUnbound(world, call.caller) && call.caller.account === resource.account
  // Nothing is there to stand against it, and a fake of a million objects is asked a million times.
  if (isAtHome && resource.policy === undefined && world.rcps.length === 0) return
  const judgement = judgeResource(world, call, action, resource, extra)
  if (judgement.allowed) return
  // S3 gives no reason to callers of other accounts.
  throw call.service === 's3' && call.caller.account !== resource.account
    ? accessDenied('s3', 'Access Denied')
    : refusal(call.service, call.caller, action, resource.arn, judgement)
}

/**
 * Judges what a caller may do to a resource. The default caller of the fake may do everything in its account that the
 * resource does not deny.
 */
export function judgeResource(
  world: World,
  call: Pick<Call, 'caller' | 'at'>,
  action: string,
  { arn, account, region, policy }: Guarded,
  extra: ExtraContext = {},
): Judgement {
  const { boundary, ...own } = callerPolicies(world, call.caller, call.at)
  const side =
    isUnbound(world, call.caller) && call.caller.account === account
      ? { ...own, identity: [EVERYTHING], boundary: undefined, scps: [] }
      : { ...own, boundary }
  const isBucket = action.startsWith('s3:')
  const context = contextOf(world, call, side, {
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': account,
    ...(isBucket && { 's3:ResourceAccount': account, 's3:TlsVersion': '1.3' }),
    ...extra,
  })
  const guard = { account, policy, rcps: isBucket ? world.rcps : [], isClosedToThePublic: isBucket }
  return judgeResourceRequest(side, guard, { action, resource: arn, context })
}
