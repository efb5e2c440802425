import type { TaskName } from '../../tasks/task-table.js'
import { type ManifestCounts, startManifestCheck } from './manifest-check.js'
import type { ManifestObject, ManifestOptions } from './manifest-object.js'
import { preparePut, type WriteOptions } from './prepare-put.js'

/** A manifest in S3. */
export interface WrittenManifest extends ManifestCounts {
  /** Where it lies, for `.input()`. */
  readonly uri: string
  readonly bytes: number
}

/** How a manifest is checked and written. */
export interface WriteManifestOptions<Name extends TaskName> extends ManifestOptions<Name>, WriteOptions {}

/**
 * Checks an input manifest and writes it to S3 in one PutObject, over what may be there. Nothing is written when an
 * object breaks a rule.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and `kms:GenerateDataKey` on the key when there is one.
 *
 * @throws InvalidManifestError (`manifest-invalid`) with the first 100 broken rules and how many there are.
 * @throws InvalidNameError for an address without an object, and for a key that is not named by its ARN.
 * @throws AwsCallError when S3 refuses.
 */
export async function writeManifestToS3<Name extends TaskName, Line extends ManifestObject<Name>>(
  uri: string,
  objects: AsyncIterable<Line> | Iterable<Line>,
  options: WriteManifestOptions<Name>,
): Promise<WrittenManifest> {
  const put = preparePut('the manifest', uri, options)
  const check = startManifestCheck(options)
  const body = new GrowingBytes()
  for await (const object of objects) body.append(check.add(object))
  const tally = check.end()
  await put(body.whole(), 'application/jsonlines')
  return Object.freeze({ uri, bytes: body.length, ...tally })
}

/** Text as bytes: a manifest may be longer than a string can be. */
class GrowingBytes {
  readonly #encoder = new TextEncoder()
  #bytes = new Uint8Array(1 << 16)
  length = 0

  append(text: string): void {
    const longest = this.length + text.length * 3
    if (longest > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(longest, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.length)).written
  }

  whole(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }
}
