import { StoredObject, type StoredObjectParts } from './stored-object.js'

/** An object's key with its versions, the newest first. */
export interface StoredKey {
  readonly key: string
  readonly versions: readonly StoredObject[]
}

/** The objects of a bucket, in the order in which S3 lists them; a million can be listed page by page. */
export class ObjectStore {
  readonly #hasVersions: boolean
  readonly #versions = new Map<string, StoredObject[]>()
  #keys: string[] = []
  #isSorted = true
  /** Whether no key has a pair of surrogates, so that JavaScript compares as S3 does, and fast. */
  #isPlain = true
  #count = 0

  constructor(hasVersions: boolean) {
    this.#hasVersions = hasVersions
  }

  /** Adds an object: a new version, or in the place of the one there was. */
  put(key: string, parts: StoredObjectParts): StoredObject {
    this.#count += 1
    const object = new StoredObject(parts, this.#hasVersions ? versionId(this.#count) : 'null', this.#count)
    const there = this.#versions.get(key)
    if (there === undefined) {
      this.#versions.set(key, [object])
      this.#isSorted = false
      this.#isPlain &&= !/[\ud800-\udfff]/.test(key)
      this.#keys.push(key)
    } else if (this.#hasVersions) there.unshift(object)
    else there[0] = object
    return object
  }

  /** The current version; `undefined` when there is none or it is a delete marker. */
  get(key: string): StoredObject | undefined {
    const object = this.versionsOf(key)[0]
    return object?.isDeleteMarker ? undefined : object
  }

  /** All versions of a key, the newest first. */
  versionsOf(key: string): readonly StoredObject[] {
    return this.#versions.get(key) ?? []
  }

  /** Takes one version away for ever. */
  remove(key: string, versionId: string): void {
    const left = this.versionsOf(key).filter((object) => object.versionId !== versionId)
    if (left.length > 0) this.#versions.set(key, left)
    else if (this.#versions.delete(key)) this.#keys.splice(this.#keys.indexOf(key), 1)
  }

  /** Goes through the keys with a prefix in S3's order, from after a key on, or from that key on. */
  *from(prefix: string, start: { readonly after?: string; readonly at?: string } = {}): Generator<StoredKey> {
    this.#sort()
    const keys = this.#keys
    const first = start.after ?? start.at ?? ''
    let index = indexOf(keys, compareKeys(first, prefix) < 0 ? prefix : first)
    if (start.after !== undefined && keys[index] === start.after) index += 1
    for (; index < keys.length; index++) {
      const key = keys[index] as string
      if (!key.startsWith(prefix)) return
      yield { key, versions: this.versionsOf(key) }
    }
  }

  #sort(): void {
    if (!this.#isSorted) this.#keys.sort(this.#isPlain ? compareText : compareKeys)
    this.#isSorted = true
  }
}

/** Compares keys as S3 does, by their UTF-8 bytes; JavaScript compares UTF-16, where pairs of surrogates come too soon. */
function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let index = 0; index < length; index++) {
    const [unit, otherUnit] = [one.charCodeAt(index), other.charCodeAt(index)]
    if (unit !== otherUnit) return rank(unit) - rank(otherUnit)
  }
  return one.length - other.length
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : 1
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function versionId(count: number): string {
  return `v${String(count).padStart(9, '0')}.${Buffer.from(`labeling-job ${count}`).toString('base64url')}`.slice(
    0,
    32,
  )
}

/** The place of the first key that is not before the given one. */
function indexOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareKeys(keys[middle] as string, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}
