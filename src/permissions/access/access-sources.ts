import type { UnknownReason } from '../evaluate/unknown-reason.js'
import type { PolicyDocument, Unreadable } from '../policy/policy-document.js'
import type { Organization } from '../read/organization.js'
import type { KeySources } from '../read/read-key.js'
import type { RoleSources } from '../read/read-role.js'
import type { DeniedRead } from '../read/reader.js'

/** What AWS says of a bucket, a Lambda or a topic. */
export interface ResourceSource {
  /** ARN. */
  readonly arn: string
  /** `unreadable`: whether it exists is not known. */
  readonly presence: 'found' | 'not-found' | 'unreadable'
  /** `null`: there is none. */
  readonly policy: string | PolicyDocument | Unreadable | null
  /** Whose it is; absent when it is not known. */
  readonly account?: string
  /** The key of a topic, as SNS gives it: an ARN, an id or an alias. Absent when it has none. */
  readonly keyId?: string
}

/** The policies of everything but keys that a job touches. */
export interface ResourceSources {
  readonly resources: readonly ResourceSource[]
  readonly denied: readonly DeniedRead[]
}

/** All that decisions on accesses are based on. What `readPermissions()` gives fits as far as it goes. */
export interface AccessSources {
  readonly region: string
  readonly role: RoleSources
  /** The role or user that is to read the labels; absent when it is nobody, or another kind of principal. */
  readonly reader?: RoleSources
  /** Why whoever is to read the labels is not known. */
  readonly noReader?: UnknownReason
  readonly resources: readonly ResourceSource[]
  /** Keys of input objects and topic, with the grants of the execution role. */
  readonly keys: readonly KeySources[]
  /** The key of the output, with the grants of the role that reads. */
  readonly readerKeys?: readonly KeySources[]
  readonly readAt: Date
  readonly runsUntil: Date
  readonly organization: Organization | 'none' | undefined
}
