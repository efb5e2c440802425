import type { Aws } from '../../aws/aws.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import { askHead } from '../proof/ask-head.js'

/** What S3 says of an object; `gone` when there is none, or why it says nothing. */
export type Look =
  | { readonly found: 'object'; readonly head: ObjectHead }
  | { readonly found: 'gone' }
  | { readonly found: 'unreadable'; readonly why: string; readonly status?: number | undefined }

/**
 * Asks S3 for an object that may be gone by now.
 *
 * @throws LabelingJobError as askHead() does.
 */
export async function lookAtHead(
  object: Parameters<typeof askHead>[0],
  aws: Aws,
  options: Parameters<typeof askHead>[2],
): Promise<Look> {
  const answer = await askHead(object, aws, options)
  if (answer.head !== undefined) return { found: 'object', head: answer.head }
  const { why, status } = answer
  return status === 404 || status === 405 ? { found: 'gone' } : { found: 'unreadable', why, status }
}

/** Whether an answer may mean credentials that have run out as well. */
export function isRefused(look: Look): boolean {
  return look.found === 'unreadable' && (look.status === 400 || look.status === 403)
}
