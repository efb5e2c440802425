import type { UnknownReason } from '../evaluate/unknown-reason.js'

/** Condition keys that have one value in every session of the role and every request for the key. */
const SAME_KEYS =
  /^(?:aws:PrincipalOrgID|aws:PrincipalOrgPaths|aws:ResourceOrgID|aws:ResourceOrgPaths|aws:ResourceTag\/.*|kms:ResourceAliases)$/i

/** Whether a dry run of ours answers for the calls of a job as well, made directly. */
export function isSettledByProbe(reason: UnknownReason): boolean {
  switch (reason.kind) {
    case 'condition':
      return SAME_KEYS.test(reason.key)
    case 'principal':
      return !/session/i.test(reason.detail)
    case 'unreadable':
    case 'resource':
    case 'paths-differ':
      return true
    default:
      return false
  }
}
