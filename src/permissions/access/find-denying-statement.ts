import { isRecord, statementsIn } from '../policy/parse-policy.js'
import type { DecidedAccess } from './access.js'

/** Gives the statement of a bucket policy that certainly denies, by its Sid or its place; `undefined` for none. */
export function findDenyingStatement(
  { evidence }: Pick<DecidedAccess['decision'], 'evidence'>,
  policy: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const deny = evidence.find(
    ({ effect, certain, policy }) => effect === 'Deny' && certain && policy === 'bucket-policy',
  )
  if (deny === undefined) return undefined
  const statements = statementsIn(policy) ?? []
  const place = /^#(\d+)$/.exec(deny.statement)?.[1]
  const found =
    statements.find((one) => isRecord(one) && one['Sid'] === deny.statement) ??
    (place === undefined ? undefined : statements[Number(place)])
  return isRecord(found) ? found : undefined
}
