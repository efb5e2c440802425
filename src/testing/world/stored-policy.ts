import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'
import { parseDocument, statementsOf, texts } from './policy-document.js'
import type { StoredPolicy, World } from './world.js'

/** Stores a key policy as KMS does: the users and roles it names are pinned by unique id. */
export function storePolicy(world: World, text: string): StoredPolicy {
  const named = statementsOf(parseDocument(text)).flatMap(principalsOf)
  const principals = new Map<string, string>()
  for (const arn of named) {
    const id = world.roles.get(arn)?.id ?? world.users.get(arn)?.id
    if (id !== undefined) principals.set(arn, id)
  }
  return { text, principals }
}

/** Gives a stored policy's text; a principal deleted since then shows as its unique id. */
export function readKeyPolicy(world: World, stored: StoredPolicy): string {
  const orphans = new Map(
    [...stored.principals].filter(
      ([arn, id]) => world.roles.get(arn)?.id !== id && world.users.get(arn)?.id !== id,
    ),
  )
  if (orphans.size === 0) return stored.text
  return JSON.stringify(
    mapPrincipals(parseDocument(stored.text), (arn) => orphans.get(arn) ?? arn),
    null,
    2,
  )
}

/** The policy as KMS may give it back after a write: principals in another order, account ids as root ARNs. */
export function reorderPrincipals(text: string, partition: string): string {
  const asRoot = (principal: string) =>
    /^\d{12}$/.test(principal) ? `arn:${partition}:iam::${principal}:root` : principal
  return JSON.stringify(mapPrincipals(parseDocument(text), asRoot, true), null, 2)
}

/** Every AWS principal that a statement names, in `Principal` or `NotPrincipal`. */
export function principalsOf(statement: PolicyStatement): readonly string[] {
  return [statement.Principal, statement.NotPrincipal].flatMap((element) => {
    if (element === undefined) return []
    return typeof element === 'string' ? [element] : texts(element['AWS'])
  })
}

function mapPrincipals(
  document: PolicyDocument,
  change: (principal: string) => string,
  reverse = false,
): PolicyDocument {
  const element = (principal: PolicyStatement['Principal']) => {
    if (principal === undefined || typeof principal === 'string') return principal
    const listed = principal['AWS']
    if (listed === undefined) return principal
    const changed = texts(listed).map(change)
    return {
      ...principal,
      AWS: typeof listed === 'string' ? (changed[0] as string) : reverse ? changed.reverse() : changed,
    }
  }
  return {
    ...document,
    Statement: statementsOf(document).map((statement) => ({
      ...statement,
      ...(statement.Principal !== undefined && { Principal: element(statement.Principal) as object }),
      ...(statement.NotPrincipal !== undefined && {
        NotPrincipal: element(statement.NotPrincipal) as object,
      }),
    })) as PolicyStatement[],
  }
}
