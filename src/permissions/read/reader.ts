import type { Aws } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { limitConcurrency } from '../../aws/limit-concurrency.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { isRecord } from '../policy/parse-policy.js'

/** A source that AWS did not let us read, and what would let us. */
export interface DeniedRead {
  /** What was to be read, for instance `the key policy of arn:aws:kms:…`. */
  readonly source: string
  /** The IAM action that the reader lacks, as far as that is the reason. */
  readonly permissionNeeded: AwsCallName
  readonly because: string
}

/** Why a source counts as unread although AWS answered. */
export const NOT_WHOLE = "AWS's answer is not whole"

/** Reads from AWS; a refusal is an ordinary answer, noted and given as `undefined`. */
export interface Reader {
  read<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    source: string,
    alsoDenied?: readonly string[],
  ): Promise<AwsCalls[Name]['output'] | undefined>
  /** Notes that something could not be asked. */
  noteDenied(name: AwsCallName, source: string, because: string): void
  /** Notes that an answer lacks what it must have: nothing is no answer. */
  noteNotWhole(name: AwsCallName, source: string): void
  readonly denied: readonly DeniedRead[]
}

const IAM_AT_ONCE = 4

/** Makes a reader that asks IAM at most four things at a time and waits when AWS says "slower". */
export function makeReader(aws: Aws): Reader {
  const denied: DeniedRead[] = []
  const limitIam = limitConcurrency(IAM_AT_ONCE)
  return {
    denied,
    async read(name, input, source, alsoDenied = []) {
      const ask = () => retryPassing(aws, () => aws.call(name, input, { what: `Cannot read ${source}` }))
      try {
        const answer = await (name.startsWith('iam:') ? limitIam(ask) : ask())
        if (isRecord(answer)) return answer
        denied.push({ source, permissionNeeded: name, because: NOT_WHOLE })
        return undefined
      } catch (thrown) {
        if (!isAccessDenied(thrown) && !(alsoDenied.length > 0 && isAwsError(thrown, ...alsoDenied)))
          throw thrown
        denied.push({ source, permissionNeeded: name, because: thrown.why })
        return undefined
      }
    },
    noteDenied(name, source, because) {
      denied.push({ source, permissionNeeded: name, because })
    },
    noteNotWhole(name, source) {
      denied.push({ source, permissionNeeded: name, because: NOT_WHOLE })
    },
  }
}

/** What a page says of the rest of its list. */
export interface Rest {
  readonly isTruncated: boolean | undefined
  readonly marker: string | undefined
}

/**
 * Reads every page of a list. `undefined` once a page was refused, or when the answer is not whole: a page without a
 * list, one with something else in its list, or one that says there is more and not where, is not the same as an empty
 * list.
 */
export async function everyPage<Page, Item>(
  readPage: (marker: string | undefined) => Promise<Page | undefined>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  isWhole: (item: unknown) => boolean,
  restOf: (page: Page) => Rest,
  noteNotWhole: () => void,
): Promise<readonly Item[] | undefined> {
  const items: Item[] = []
  const markers = new Set<string | undefined>()
  let marker: string | undefined
  for (;;) {
    const page = await readPage(marker)
    if (page === undefined) return undefined
    const { found, rest } = isRecord(page)
      ? { found: itemsOf(page), rest: restOf(page) }
      : { found: undefined, rest: { isTruncated: false, marker: undefined } }
    markers.add(marker)
    if (
      !Array.isArray(found) ||
      !found.every(isWhole) ||
      (rest.isTruncated === true && markers.has(rest.marker || undefined))
    ) {
      noteNotWhole()
      return undefined
    }
    items.push(...found)
    if (rest.isTruncated !== true) return items
    marker = rest.marker
  }
}

/** Whether an item of a list is a name. */
export function isName(item: unknown): boolean {
  return typeof item === 'string' && item !== ''
}

/** Gives whether an item of a list has a name in a field. */
export function hasName(field: string): (item: unknown) => boolean {
  return (item) => isRecord(item) && isName(item[field])
}
