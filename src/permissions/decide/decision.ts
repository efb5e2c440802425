import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'

/** The answer to a question, with what decided it. */
export interface Decision {
  readonly action: string
  readonly roleArn: string
  readonly keyArn: string
  readonly verdict: Verdict
  readonly basis: 'static' | 'simulated' | 'probed'
  readonly paths: readonly { readonly name: string; readonly verdict: Verdict }[]
  /** The statements that decided, or that stopped us. */
  readonly evidence: readonly Evidence[]
  /** Filled with `unknown` only. */
  readonly unknownBecause: readonly UnknownReason[]
  /** A Deny that may apply as well; filled with `missing`. */
  readonly possibleDeny: readonly Evidence[]
  /** With `missing`: which side gives no Allow. */
  readonly missingIn: readonly ('key-policy' | 'identity' | 'boundary' | 'scp')[]
  /**
   * Whether the key policy certainly hands this action to the role's IAM policies: in the same account by naming
   * the account, across accounts by naming the role or its account.
   */
  readonly delegatesToIam: boolean
  readonly notCovered: readonly ('scp' | 'rcp' | 'session-policy' | 'vpc-endpoint-policy')[]
}

/** One statement or grant that bears on a decision. */
export interface Evidence {
  /** `key-policy`, `key-policy:AWS_RAM`, `inline:NAME`, `managed:ARN@vN`, `boundary:…`, `grant:ID`, `scp:NAME`, `rcp:NAME` or `probe`. */
  readonly policy: string
  /** The statement's Sid, or its place as `#0`. */
  readonly statement: string
  readonly effect: 'Allow' | 'Deny'
  readonly via: 'role' | 'account' | 'any' | 'session' | 'identity' | 'boundary' | 'grant' | 'organization'
  /** Whether the statement certainly applies. */
  readonly certain: boolean
}

/** The parts of a decision on which nothing was found out, for the reason that is given. */
export function undecided(reason: UnknownReason) {
  return {
    verdict: 'unknown',
    basis: 'static',
    paths: [],
    evidence: [],
    unknownBecause: [reason],
    possibleDeny: [],
    missingIn: [],
    notCovered: ['scp', 'rcp', 'session-policy', 'vpc-endpoint-policy'],
  } as const
}
