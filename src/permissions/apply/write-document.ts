import type { Aws } from '../../aws/aws.js'
import { isAwsError, mayHaveHappened } from '../../aws/aws-error.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { sameMeaning } from '../policy/compare-policies.js'

/** A policy document in AWS that is read and written as a whole, without a version check. */
export interface StoredDocument {
  /** In words, for instance `the key policy of arn:…`. */
  readonly what: string
  /** `null` when there is no such document. */
  read(): Promise<string | null>
  write(text: string | null): Promise<unknown>
}

/** What is to become of a document. */
export interface DocumentEdit {
  readonly before: string | null
  readonly after: string | null
  /** Makes the same edit on a text of the same meaning as `before`. */
  rebuild(now: string | null): string | null
  /** How long a refusal of the text may be due to a principal that AWS does not know yet. */
  readonly malformedPatience: number
}

/** How a write came out. Only `failed`, `stale` and `lost` are failures. */
export type WriteOutcome =
  | { readonly state: 'already-there' }
  | { readonly state: 'verified' }
  | { readonly state: 'propagating' }
  | { readonly state: 'stale'; readonly found: string | null }
  | { readonly state: 'lost'; readonly found: string | null }
  | { readonly state: 'failed'; readonly cause: unknown; readonly mayBeWritten: boolean }

const RETRY_PAUSES = [1_000, 2_000, 4_000]
const LONGEST_PAUSE = 8_000
const VERIFY_FOR = 300_000
const EQUAL_READS = 3
const MOST_READS = 5

/** Tells whether a document is as an edit makes it, or as the edit was made on; reads only. */
export async function lookAtDocument(
  document: StoredDocument,
  edit: Pick<DocumentEdit, 'before' | 'after'>,
  aws: Aws,
): Promise<
  | { readonly state: 'already-there' | 'to-write' }
  | { readonly state: 'stale'; readonly found: string | null }
> {
  const found = await retryPassing(aws, () => document.read())
  if (isSame(found, edit.after)) return { state: 'already-there' }
  return isSame(found, edit.before) ? { state: 'to-write' } : { state: 'stale', found }
}

/**
 * Writes a document if it still means what the edit was made on, and reads it until it stays as written. After an
 * error that leaves open whether the write happened it is read before anything is sent again; once somebody else's
 * text is found nothing is written any more.
 */
export async function writeDocument(
  document: StoredDocument,
  edit: DocumentEdit,
  aws: Aws,
): Promise<WriteOutcome> {
  let sent = false
  let waited = 0
  for (let attempt = 0; ; attempt++) {
    const now = await readSettled(document, aws)
    if (isSame(now, edit.after)) {
      if (!sent) return { state: 'already-there' }
      return verifySent(document, edit, aws)
    }
    if (!isSame(now, edit.before)) return { state: sent ? 'lost' : 'stale', found: now }
    try {
      await document.write(now === edit.before ? edit.after : edit.rebuild(now))
      break
    } catch (thrown) {
      const unsure = mayHaveHappened(thrown)
      sent ||= unsure
      const isNewPrincipal = isMalformed(thrown) && waited < edit.malformedPatience
      const isTransient = unsure || isThrottled(thrown)
      const pause = isNewPrincipal ? LONGEST_PAUSE : RETRY_PAUSES[attempt]
      if (!(isNewPrincipal || isTransient) || pause === undefined)
        return { state: 'failed', cause: thrown, mayBeWritten: sent }
      await aws.clock.sleep(pause)
      waited += pause
    }
  }
  return verifySent(document, edit, aws)
}

/**
 * Reads until two reads agree, so that what is written over is what stands there now. AWS takes no version with a
 * write: somebody else's that comes in the round trip between the last read and ours is lost, and only they notice.
 */
async function readSettled(document: StoredDocument, aws: Aws): Promise<string | null> {
  let known = await retryPassing(aws, () => document.read())
  for (let reads = 1; ; reads++) {
    const now = await retryPassing(aws, () => document.read())
    if (now === known || reads === MOST_READS) return now
    known = now
  }
}

/** A write that was sent is taken for written, whatever comes of looking at it. */
async function verifySent(document: StoredDocument, edit: DocumentEdit, aws: Aws): Promise<WriteOutcome> {
  return verify(document, edit, aws).catch((cause) => ({ state: 'failed', cause, mayBeWritten: true }))
}

/** Reads until the document was as written three times running; changes of AWS's policies take some time. */
async function verify(document: StoredDocument, edit: DocumentEdit, aws: Aws): Promise<WriteOutcome> {
  let equal = 0
  let pause = 1_000
  for (let waited = 0; waited <= VERIFY_FOR; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const found = await readIfPossible(document, aws)
    if (found !== undefined && isSame(found, edit.after)) {
      equal++
      if (equal === EQUAL_READS) return { state: 'verified' }
    } else if (found === undefined || isSame(found, edit.before)) equal = 0
    else return { state: 'lost', found }
    await aws.clock.sleep(pause)
    waited += pause
  }
  return { state: 'propagating' }
}

/** A read that fails for a moment is no reason to call a write lost. */
async function readIfPossible(document: StoredDocument, aws: Aws): Promise<string | null | undefined> {
  try {
    return await retryPassing(aws, () => document.read())
  } catch (thrown) {
    if (isThrottled(thrown) || mayHaveHappened(thrown)) return undefined
    throw thrown
  }
}

function isSame(left: string | null, right: string | null): boolean {
  if (left === null || right === null) return left === right
  return left === right || (isJson(left) && isJson(right) && sameMeaning(left, right))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isMalformed(thrown: unknown): boolean {
  return isAwsError(thrown, 'MalformedPolicyDocumentException', 'MalformedPolicyDocument')
}

function isThrottled(thrown: unknown): boolean {
  return isAwsError(thrown) && thrown.code === 'throttled'
}
