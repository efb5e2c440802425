import { createHash } from 'node:crypto'

/** What an object is encrypted with. */
export type FakeEncryption =
  | { readonly kind: 'kms' | 'dsse'; readonly keyArn: string; readonly bucketKey?: boolean }
  | { readonly kind: 's3' }
  /** The MD5 of the customer's key, in Base64; without one, no key opens the object. */
  | { readonly kind: 'customer-provided'; readonly keyMd5?: string }
  | { readonly kind: 'none' }

/** What keeps a version from being changed or deleted. */
export interface ObjectLock {
  readonly mode?: 'governance' | 'compliance'
  readonly until?: Date
  readonly legalHold?: boolean
}

/** What is stored of one version of an object. */
export interface StoredObjectParts {
  readonly content: string | Uint8Array | (() => Uint8Array)
  readonly encryption: FakeEncryption
  readonly lastModified: Date
  readonly contentType?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly storageClass?: string
  readonly lock?: ObjectLock
  /** The size it says it has, of an object that is too large to be held. */
  readonly size?: number
  /** The ETag, where it is not that of the whole content. */
  readonly etag?: string
  /** What a deletion leaves in a bucket with versions. */
  readonly isDeleteMarker?: boolean
}

/** One version of an object. Its content is made, and its ETag worked out, when they are first asked for. */
export class StoredObject {
  readonly versionId: string
  readonly lastModified: Date
  readonly contentType: string | undefined
  readonly metadata: Readonly<Record<string, string>> | undefined
  readonly storageClass: string
  readonly lock: ObjectLock | undefined
  readonly isDeleteMarker: boolean
  encryption: FakeEncryption
  readonly #content: StoredObjectParts['content']
  readonly #size: number | undefined
  readonly #number: number
  readonly #hasMd5: boolean
  #etag: string | undefined

  constructor(parts: StoredObjectParts, versionId: string, number: number) {
    this.versionId = versionId
    this.lastModified = parts.lastModified
    this.contentType = parts.contentType
    this.metadata = parts.metadata
    this.storageClass = parts.storageClass ?? 'STANDARD'
    this.lock = parts.lock
    this.isDeleteMarker = parts.isDeleteMarker ?? false
    this.encryption = parts.encryption
    this.#content = parts.content
    this.#size = parts.size
    this.#number = number
    this.#etag = parts.etag?.replaceAll('"', '')
    this.#hasMd5 = parts.encryption.kind === 's3' || parts.encryption.kind === 'none'
  }

  body(): Uint8Array {
    const content = this.#content
    if (typeof content === 'string') return new TextEncoder().encode(content)
    return typeof content === 'function' ? content() : content
  }

  get size(): number {
    if (this.#size !== undefined) return this.#size
    return typeof this.#content === 'string' ? Buffer.byteLength(this.#content) : this.body().length
  }

  /** Archived objects have no content to give. */
  get isArchived(): boolean {
    return this.storageClass === 'GLACIER' || this.storageClass === 'DEEP_ARCHIVE'
  }

  /** The MD5 of the content where S3 gives it, something else under KMS; `UpdateObjectEncryption` keeps it. */
  get etag(): string {
    this.#etag ??= createHash('md5')
      .update(this.#hasMd5 ? this.body() : `object ${this.#number}`)
      .digest('hex')
    return `"${this.#etag}"`
  }

  /** Whether it may not be changed or deleted at a moment. */
  isLockedAt(now: Date): boolean {
    const { legalHold = false, until } = this.lock ?? {}
    return legalHold || (until !== undefined && until > now)
  }
}
