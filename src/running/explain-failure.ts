import { explainAccessDenied } from '../permissions/explain-access-denied.js'

const KEYS =
  'The execution role may not use one of the keys: run checkPermissions(job, aws), which names the action and the statement.'
const STORAGE =
  'The execution role may not read the input or write the output: check its S3 permissions and the bucket policies.'
const TRUST = "The role's trust policy must let sagemaker.amazonaws.com assume it."
const LAMBDA =
  'A Lambda function of the task failed or may not be called: allow lambda:InvokeFunction for the role.'

/** What a refused action is about, by its service. */
const BY_SERVICE: Readonly<Record<string, string>> = { kms: KEYS, s3: STORAGE, lambda: LAMBDA, sts: TRUST }

const BY_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /DisabledException|is disabled|pending deletion|KMSInvalidState/i,
    'One of the keys cannot be used in its present state: have its administrator enable it, or use another key.',
  ],
  [
    /at least [\d,]{1,9} objects/i,
    'Automated labeling needs 1,250 objects or more: add objects, or leave .autoLabeling() out.',
  ],
  [/AssumeRole|assume the role|assume role|trust relationship|trust policy/i, TRUST],
  [
    /LambdaErrorCode: Unhandled/,
    'The Lambda function itself threw: read its log; the role was allowed to call it.',
  ],
  [/Lambda/, LAMBDA],
  [/kms:|KMS|ciphertext/, KEYS],
  [/Access ?Denied|not authorized|Forbidden|\b403\b/i, STORAGE],
  [
    /template|could not be rendered|liquid/i,
    'The worker page could not be shown: check the template and the names it reads from each object.',
  ],
  [
    /manifest/i,
    'The input manifest could not be read: one JSON object a line, with "source" or "source-ref", in the region of the job.',
  ],
  [
    /bucket/i,
    'A bucket is missing, or in another region than the job: the input and the output lie in the region of the job.',
  ],
  [
    /expired/i,
    'No worker answered in time: raise `availability`, or start another job on the output manifest.',
  ],
]

/**
 * Says what a FailureReason of a labeling job means and what to do, or gives `undefined` when it is not known. A
 * refused action counts first; then the words of the sentence, without the names in it, which may hold any word.
 */
export function explainFailure(reason: string): string | undefined {
  const state = BY_WORDS[0] as (typeof BY_WORDS)[number]
  const words = withoutNames(reason)
  if (state[0].test(words)) return state[1]
  const refused = explainAccessDenied(reason)?.action?.split(':')[0]?.toLowerCase()
  const known = refused === undefined ? undefined : BY_SERVICE[refused]
  return known ?? BY_WORDS.find(([pattern]) => pattern.test(words))?.[1]
}

/** Takes addresses, ARNs, quoted names and names with a mark inside them out of a sentence. */
function withoutNames(reason: string): string {
  return reason
    .slice(0, 4_096)
    .replace(/"[^"]*"|`[^`]*`|(?<![A-Za-z])'[^']*'(?![A-Za-z])/g, ' ')
    .split(/\s+/)
    .filter((word) => !isName(word))
    .join(' ')
}

function isName(word: string): boolean {
  const bare = word.replace(/^[([{]/, '').replace(/[)\]},.;:]{1,3}$/, '')
  if (/^(?:s3|https?|arn)[:/]/i.test(bare)) return true
  // An action (kms:Decrypt) is no name; buckets, files and keys have a mark between their letters.
  return !/^[a-z0-9-]+:[A-Za-z*]+$/.test(bare) && /\w[-_./@]\w/.test(bare)
}
