import type { CheckOptions } from '../check/check-permissions.js'

/** How to fix what is missing. */
export interface PlanOptions extends CheckOptions {
  /**
   * `auto`: an inline role policy where the key policy certainly delegates, else a statement in the key policy.
   * `guide`: the key policy, as the developer guide shows. `grant`: a grant on the key, for what a grant can give (key
   * pairs and `kms:CreateGrant` go as with `auto`); needs `iam:GetRole` on the caller's role too. Default: `auto`.
   */
  readonly prefer?: 'auto' | 'guide' | 'grant'
  /** Add the guide's statement also where the verdict is `unknown`; it is still a grant of rights. */
  readonly addDocumentedStatement?: boolean
  /**
   * Take unique ids of deleted principals out of the Allow statements of a key policy that is changed; KMS refuses
   * every change of a policy that has them. Those in a Deny stay, and stop the plan.
   */
  readonly removeDeletedPrincipals?: boolean
  /** Take the white space out of a key policy that would be too long. */
  readonly compact?: boolean
}
