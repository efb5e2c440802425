import { parseArn } from '../../names/arn.js'
import type { Access, DecidedAccess } from '../../permissions/access/access.js'
import { policyNameOf } from '../../permissions/access/describe-access.js'
import { ENCRYPTION, ENCRYPTION_KEY } from '../../permissions/access/job-accesses.js'
import {
  conditionsInWords,
  conditionsOf,
  findDenyingStatement,
} from '../../permissions/decide/statement-conditions.js'
import type { NamedPolicy } from '../../permissions/policy/policy-document.js'
import type { SeenAccesses } from '../look/read-accesses.js'

/** Under which conditions a statement denies, and what helps where they are about the encryption of uploads. */
export interface Denial {
  /** The conditions, in words. */
  readonly under: string
  /** Absent where naming a key in the job would not help for certain. */
  readonly fix?: string
  /** What whoever runs the job can do themselves; absent where they cannot. */
  readonly own?: string
}

/** Finds the conditions under which a policy that was read denies an access; `undefined` where there are none. */
export function findDenial({ access, decision }: DecidedAccess, seen: SeenAccesses): Denial | undefined {
  if (decision.verdict !== 'denied') return undefined
  const conditions = conditionsOf(findDenyingStatement(decision, policiesFor(access, seen)))
  if (conditions.length === 0) return undefined
  const under = conditionsInWords(conditions)
  const [first, ...others] = conditions.filter(({ key }) =>
    [ENCRYPTION_KEY, ENCRYPTION].includes(key.toLowerCase()),
  )
  const isPlain = first !== undefined && others.length === 0 && /^(?:String|Arn)Not/i.test(first.operator)
  if (!isPlain || access.action !== 's3:PutObject') return { under }
  const { key, values } = first
  if (key.toLowerCase() === ENCRYPTION)
    return {
      under,
      fix: `The policy takes only uploads encrypted with ${values}: name a key in .output() where that is aws:kms, or have the bucket's owner change the statement`,
      ...(values === 'aws:kms' && { own: 'Name a key in .output()' }),
    }
  if (!values.includes('arn:') && !/[*?]/.test(values))
    return {
      under,
      fix: `S3 compares the ARN of the key, and ${values} is none: have the bucket's owner write the ARN of the key that is meant; the job's is ${access.forms?.[0]?.context[ENCRYPTION_KEY] ?? 'not known'}`,
    }
  return {
    under,
    fix: `The policy takes only uploads under ${values}: name that key in .output(), or have the bucket's owner change the statement`,
    own: `Name a key that the policy takes, ${values}, in .output()`,
  }
}

/** The policies that have a say, by the names that evidence gives them. */
export function policiesFor(
  access: Access,
  { role, reader, resources }: SeenAccesses,
): readonly NamedPolicy[] {
  const of = access.who === 'reader' ? reader?.found : role
  const { service, resource = '' } = parseArn(access.resourceArn) ?? {}
  const [bucket] = resource.split('/')
  const source = resources.find(({ arn }) =>
    service === 's3' ? parseArn(arn)?.resource === bucket : arn === access.resourceArn,
  )
  return [
    ...(of?.identityPolicies ?? []),
    ...(of?.boundary ? [of.boundary] : []),
    ...(source?.policy ? [{ name: policyNameOf(access), policy: source.policy }] : []),
  ]
}
