import type { GivenFate } from '../look/given-sources.js'
import { type MadeCheck, passed, warning } from '../report/check.js'

/** Tells what became of each policy that was given. Pure. */
export function checkGiven(
  arns: Iterable<string>,
  fates: ReadonlyMap<string, GivenFate>,
): readonly MadeCheck[] {
  return [...arns].flatMap((arn) => checkOf(arn, fates.get(arn)))
}

function checkOf(arn: string, fate: GivenFate | undefined): readonly MadeCheck[] {
  switch (fate) {
    case 'taken':
      return [
        passed('policies-given', `AWS does not show the policy of ${arn} here, and it was taken as given`),
      ]
    case 'same':
      return [passed('policies-given', `the policy of ${arn} was read, and is as it was given`)]
    case 'another':
      return [
        warning('policies-given', {
          what: `the policy of ${arn} that was given is not the one that AWS shows`,
          why: 'the one that AWS shows counts',
          fix: 'Take the policy out of the option policies, or give the one that is there',
          owner: 'you',
        }),
      ]
    case 'absent':
      return []
    case undefined:
      return [
        warning('policies-given', {
          what: `the policy of ${arn} was given, and nothing asked for it`,
          why: 'the job names no such key or bucket, or what leads there could not be looked up',
          fix: 'Compare the ARN with those of the job, or leave the policy out',
          owner: 'you',
        }),
      ]
  }
}
