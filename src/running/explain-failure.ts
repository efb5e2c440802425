const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [
    /DisabledException|is disabled|pending deletion|KMSInvalidState/i,
    'One of the keys cannot be used in its present state: have its administrator enable it, or use another key.',
  ],
  [
    /at least [\d,]{1,9} objects/i,
    'Automated labeling needs 1,250 objects or more: add objects, or leave .autoLabeling() out.',
  ],
  [
    /bucket/i,
    'A bucket is missing, or in another region than the job: the input and the output lie in the region of the job.',
  ],
  [
    /kms:|KMS|ciphertext/,
    'The execution role may not use one of the keys: run checkPermissions(job, aws), which names the action and the statement.',
  ],
  [
    /AssumeRole|assume the role|trust relationship/i,
    "The role's trust policy must let sagemaker.amazonaws.com assume it.",
  ],
  [
    /LambdaErrorCode: Unhandled/,
    'The Lambda function itself threw: read its log; the role was allowed to call it.',
  ],
  [
    /Lambda/,
    'A Lambda function of the task failed or may not be called: allow lambda:InvokeFunction for the role.',
  ],
  [
    /Access ?Denied|not authorized|403/i,
    'The execution role may not read the input or write the output: check its S3 permissions and the bucket policies.',
  ],
  [
    /manifest/i,
    'The input manifest could not be read: one JSON object a line, with "source" or "source-ref", in the region of the job.',
  ],
  [
    /expired/i,
    'No worker answered in time: raise `availability`, or start another job on the output manifest.',
  ],
]

/** Says what a FailureReason of a labeling job means and what to do, or gives `undefined` when it is not known. */
export function explainFailure(reason: string): string | undefined {
  return EXPLANATIONS.find(([pattern]) => pattern.test(reason))?.[1]
}
