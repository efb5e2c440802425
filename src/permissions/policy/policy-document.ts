/** A policy document as JSON: strings or lists, one statement or several, as AWS accepts them. */
export interface PolicyDocument {
  readonly Version?: string
  readonly Id?: string
  readonly Statement?: PolicyStatement | readonly PolicyStatement[]
}

/** One statement of a policy, in the shapes AWS accepts. */
export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect?: string
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>
  readonly NotPrincipal?: string | Readonly<Record<string, string | readonly string[]>>
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>
  >
}

/** A value in a condition; AWS takes booleans and numbers bare or as text. */
export type ConditionValue = string | number | boolean

/** Stands for a source that could not be read; what depends on it is `unknown`, never allowed. */
export type Unreadable = 'UNREADABLE'

/** A policy as it was read: a document, its JSON, or nothing that can be read. */
export type Policy = PolicyDocument | string | Unreadable

/** A policy with the name it goes by in the evidence, for instance `inline:Base`. */
export interface NamedPolicy {
  readonly name: string
  readonly policy: PolicyDocument | string
}
