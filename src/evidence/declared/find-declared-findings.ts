import { isKmsKeyArn, type KmsKeyArn } from '../../names/kms-key.js'
import type { DeclaredKeys } from './declared-keys.js'
import type { ExpectedKeys } from './expected-keys.js'
import { type Finding, findFindings } from './find-findings.js'

/**
 * Tells what is wrong with the keys that a job declares; pure.
 *
 * @param provenUnder The key that everything the job wrote is proven to be under. A job says for ever what it was told
 *   when it was made: when its output was put under another key since, what it declares is no error any more.
 */
export function findDeclaredFindings(
  { declared, expected }: { readonly declared: DeclaredKeys; readonly expected: ExpectedKeys },
  provenUnder?: KmsKeyArn,
): readonly Finding[] {
  const { autoLabeling, output, volume } = declared
  const ofOutput = findFindings('output', output, expected.output)
  const isOvertaken = provenUnder !== undefined && declaredArn(output) !== provenUnder
  return [
    ...(isOvertaken ? ofOutput.map((finding) => overtaken(finding, provenUnder)) : ofOutput),
    ...(autoLabeling ? findFindings('volume', volume, expected.volume) : []),
  ]
}

/** A key that is gone cannot be looked up; where the job names its ARN, it is known all the same. */
function declaredArn(output: DeclaredKeys['output']): KmsKeyArn | undefined {
  const { arn, given } = output?.key ?? {}
  return arn ?? (given !== undefined && isKmsKeyArn(given) ? given : undefined)
}

function overtaken(finding: Finding, provenUnder: KmsKeyArn): Finding {
  return {
    ...finding,
    severity: 'warning',
    why: `${finding.why}; every object of it is proven to be under ${provenUnder} today`,
    fix: 'Nothing to do for this job; run the next one with the expected key',
  }
}
