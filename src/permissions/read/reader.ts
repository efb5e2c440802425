import type { Aws } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { limitConcurrency } from '../../aws/limit-concurrency.js'
import { retryThrottled } from '../../aws/retry-throttled.js'

/** A source that AWS did not let us read, and what would let us. */
export interface DeniedRead {
  /** What was to be read, for instance `the key policy of arn:aws:kms:…`. */
  readonly source: string
  /** The IAM action that the reader lacks, as far as that is the reason. */
  readonly permissionNeeded: AwsCallName
  readonly because: string
}

/** Reads from AWS; a refusal is an ordinary answer, noted and given as `undefined`. */
export interface Reader {
  read<Name extends AwsCallName>(
    name: Name,
    input: AwsCalls[Name]['input'],
    source: string,
    alsoDenied?: readonly string[],
  ): Promise<AwsCalls[Name]['output'] | undefined>
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
      const ask = () => retryThrottled(aws, () => aws.call(name, input, { what: `Cannot read ${source}` }))
      try {
        return await (name.startsWith('iam:') ? limitIam(ask) : ask())
      } catch (thrown) {
        if (!isAccessDenied(thrown) && !(alsoDenied.length > 0 && isAwsError(thrown, ...alsoDenied)))
          throw thrown
        denied.push({ source, permissionNeeded: name, because: thrown.why })
        return undefined
      }
    },
  }
}

/** Reads every page of a list; `undefined` once a page was refused. */
export async function everyPage<Page, Item>(
  readPage: (marker: string | undefined) => Promise<Page | undefined>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  nextOf: (page: Page) => string | undefined,
): Promise<readonly Item[] | undefined> {
  const items: Item[] = []
  let marker: string | undefined
  do {
    const page = await readPage(marker)
    if (page === undefined) return undefined
    items.push(...(itemsOf(page) ?? []))
    marker = nextOf(page)
  } while (marker !== undefined)
  return items
}
