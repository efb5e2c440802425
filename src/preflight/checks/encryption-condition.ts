import { parseArn } from '../../names/arn.js'
import type { DecidedAccess } from '../../permissions/access/access.js'
import type { ResourceSource } from '../../permissions/access/access-sources.js'
import { findDenyingStatement } from '../../permissions/access/find-denying-statement.js'
import { isRecord, textList } from '../../permissions/policy/parse-policy.js'

/** What a bucket policy asks of the encryption of uploads, where that is why it denies them. */
export interface EncryptionCondition {
  readonly why: string
  /** Absent where naming a key in the job would not help for certain. */
  readonly fix?: string
  /** What whoever runs the job can do themselves; absent where they cannot. */
  readonly own?: string
}

const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const KIND = 's3:x-amz-server-side-encryption'

/** Names the condition on encryption under which a bucket policy denies uploads; `undefined` where there is none. */
export function encryptionCondition(
  { access, decision }: DecidedAccess,
  resources: readonly ResourceSource[],
): EncryptionCondition | undefined {
  if (decision.verdict !== 'denied' || access.action !== 's3:PutObject') return undefined
  const bucket = parseArn(access.resourceArn)?.resource.split('/')[0]
  const source = resources.find(({ arn }) => parseArn(arn)?.resource === bucket)
  const conditions = findDenyingStatement(decision, source?.policy)?.['Condition']
  if (!isRecord(conditions)) return undefined
  const asked = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).flatMap(([key, value]) =>
      [KEY_ID, KIND].includes(key.toLowerCase())
        ? [{ operator, key, values: (textList(value) ?? [String(value)]).join(' or ') }]
        : [],
    ),
  )
  const [first] = asked
  if (first === undefined) return undefined
  const why = asked.map(({ operator, key, values }) => `${operator} ${key}: ${values}`).join(', and ')
  const { operator, key, values } = first
  if (asked.length > 1 || !/^(?:String|Arn)Not/i.test(operator)) return { why }
  if (key.toLowerCase() !== KEY_ID)
    return {
      why,
      fix: `The policy takes only uploads encrypted with ${values}: name a key in .output() where that is aws:kms, or have the bucket's owner change the statement`,
      ...(values === 'aws:kms' && { own: 'Name a key in .output()' }),
    }
  if (!values.includes('arn:') && !/[*?]/.test(values))
    return {
      why,
      fix: `S3 compares the ARN of the key, and ${values} is none: have the bucket's owner write the ARN of the key that is meant; the job's is ${access.forms?.[0]?.context[KEY_ID] ?? 'not known'}`,
    }
  return {
    why,
    fix: `The policy takes only uploads under ${values}: name that key in .output(), or have the bucket's owner change the statement`,
    own: `Name a key that the policy takes, ${values}, in .output()`,
  }
}
