import { parseArn } from '../../names/arn.js'
import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import { addedStatement } from '../policy/statement-as-code.js'
import {
  bucketPolicyAddress,
  keyPolicyAddress,
  type PolicyAddress,
  showStatement,
  topicPolicyAddress,
} from '../tickets/document-commands.js'
import {
  bucketStatementForms,
  keyStatementForms,
  lambdaPermissionForms,
  rolePolicyForms,
  type TicketForms,
  topicStatementForms,
} from '../tickets/statement-forms.js'
import type { Access, DecidedAccess } from './access.js'
import { ownerOf } from './describe-access.js'

/**
 * Gives what `describeAccess()` asks for in every form: the statement that is missing, as a diff, commands, CDK and
 * Terraform; of a Deny the command that shows it. `undefined` where nothing is to be changed, or nobody knows what.
 */
export function accessForms(decided: DecidedAccess): TicketForms | undefined {
  const { decision } = decided
  if (decision.verdict === 'missing') return missingForms(decided)
  return decision.verdict === 'denied' ? deniedForms(decided) : undefined
}

function missingForms(decided: DecidedAccess): TicketForms | undefined {
  const { access, decision } = decided
  const { roleArn } = decision
  if (!isRoleArn(roleArn)) return undefined
  const sid = `GroundTruth${lettersOf(parseRoleArn(roleArn).name)}${lettersOf(access.action.split(':')[1] ?? '')}`
  const resource = access.goesOn === true ? `${access.resourceArn}*` : access.resourceArn
  const allow = { Sid: sid, Effect: 'Allow', Action: access.action, Resource: resource }
  const named = {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: access.action,
    Resource: resource,
  }
  const sides: readonly string[] = decision.missingIn
  // An Allow elsewhere than under the boundary or the organization changes nothing.
  if (sides.includes('boundary') || sides.includes('scp')) return { diff: addedStatement(allow) }
  switch (ownerOf(decided)) {
    case 'bucket':
      return bucketStatementForms(bucketOf(access), named)
    case 'key':
      return keyStatementForms(access.resourceArn, { ...named, Resource: '*' })
    case 'topic':
      return topicStatementForms(access.resourceArn, named)
    case 'lambda':
      return lambdaPermissionForms(access.resourceArn, sid, roleArn)
    default: {
      const document = JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
      return rolePolicyForms(roleArn, sid, document, { diff: addedStatement(allow) })
    }
  }
}

function deniedForms({ access, decision }: DecidedAccess): TicketForms | undefined {
  const deny = decision.evidence.find(({ effect, certain }) => effect === 'Deny' && certain)
  const address = deny && addressOf(deny.policy, access)
  return address && deny ? { cli: [showStatement(address, deny.statement)] } : undefined
}

function addressOf(policy: string, access: Access): PolicyAddress | undefined {
  if (policy === 'bucket-policy') return bucketPolicyAddress(bucketOf(access))
  if (policy === 'topic-policy') return topicPolicyAddress(access.resourceArn)
  return policy === 'key-policy' ? keyPolicyAddress(access.resourceArn) : undefined
}

function bucketOf({ resourceArn }: Access): string {
  return parseArn(resourceArn)?.resource.split('/')[0] ?? ''
}

/** A Sid has letters and digits only. */
function lettersOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '')
}
