/** `allowed` and `denied` are certain, `missing` is certainly not allowed, `unknown` is said as unknown. */
export type Verdict = 'allowed' | 'denied' | 'missing' | 'unknown'

/** Why a verdict is `unknown`. */
export type UnknownReason =
  | {
      readonly kind: 'condition'
      readonly key: string
      readonly operator: string
      readonly policy: string
      readonly statement: string
      /** Why knowing the value is not enough; absent when it is simply not known. */
      readonly detail?: string
    }
  | { readonly kind: 'unreadable'; readonly source: string; readonly permissionNeeded: string }
  | { readonly kind: 'session-name'; readonly policy: string; readonly statement: string }
  | {
      readonly kind: 'principal'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | {
      readonly kind: 'resource'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | {
      readonly kind: 'paths-differ'
      readonly paths: readonly { readonly name: string; readonly verdict: Verdict }[]
    }
  | {
      /** A request whose form is not certain, as of an upload with or without the headers of a key. */
      readonly kind: 'requests-differ'
      readonly requests: readonly { readonly name: string; readonly verdict: Verdict }[]
    }
  | { readonly kind: 'undocumented'; readonly topic: string }
  | {
      readonly kind: 'unknown-operator'
      readonly name: string
      readonly policy: string
      readonly statement: string
    }
  | {
      readonly kind: 'malformed'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | { readonly kind: 'propagating'; readonly since: string }
  | { readonly kind: 'evaluators-disagree'; readonly detail: string }
