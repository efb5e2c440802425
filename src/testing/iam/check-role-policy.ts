import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import { AwsFault } from '../world/aws-fault.js'
import { findGrammarFault } from '../world/find-grammar-fault.js'
import { statementsOf } from '../world/policy-document.js'
import type { FakeRole } from '../world/world.js'

/** Characters of all inline policies of a role together, white space not counted. */
const INLINE_LIMIT = 10_240

/** Refuses an inline policy that PutRolePolicy refuses: no policy, or more text than a role may hold. */
export function checkRolePolicy(role: FakeRole, name: string, text: string): void {
  checkDocument(text)
  const others = [...role.inline].filter(([other]) => other !== name).map(([, stored]) => stored.latest ?? '')
  const length = [...others, text].reduce((sum, each) => sum + each.replace(/\s/g, '').length, 0)
  if (length > INLINE_LIMIT) {
    throw new AwsFault(
      'LimitExceededException',
      `Maximum policy size of ${INLINE_LIMIT} bytes exceeded for role ${role.name}`,
      409,
    )
  }
}

function checkDocument(text: string): void {
  let policy: PolicyDocument
  try {
    policy = JSON.parse(text)
  } catch {
    throw malformed('Syntax errors in policy.')
  }
  const statements = statementsOf(policy)
  if (typeof policy !== 'object' || statements.length === 0) throw malformed('Syntax errors in policy.')
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined)
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.')
  }
  for (const statement of statements) {
    if (!/^[0-9A-Za-z]*$/.test(statement.Sid ?? '')) {
      throw malformed(
        'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      )
    }
    if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')
      throw malformed('Syntax errors in policy.')
    if (statement.Principal !== undefined || statement.NotPrincipal !== undefined) {
      throw malformed('Policy document should not specify a principal.')
    }
    if (statement.Action === undefined && statement.NotAction === undefined) {
      throw malformed('Policy statement must contain actions.')
    }
    if (statement.Resource === undefined && statement.NotResource === undefined) {
      throw malformed('Policy statement must contain resources.')
    }
  }
  const fault = findGrammarFault(text, policy)
  if (fault !== undefined) throw malformed(`Syntax errors in policy: ${fault}.`)
}

function malformed(message: string): AwsFault {
  return new AwsFault('MalformedPolicyDocumentException', message)
}
