import { describe, expect, test } from 'vitest'
import { describeReason } from '../../../src/permissions/check/describe-decision.js'
import type { UnknownReason } from '../../../src/permissions/evaluate/unknown-reason.js'

const AT = { policy: 'key-policy', statement: 'Use' }

describe('describeReason', () => {
  test.each<[UnknownReason, string]>([
    [
      { kind: 'condition', key: 'aws:SourceIp', operator: 'IpAddress', ...AT },
      'key-policy Use depends on aws:SourceIp (IpAddress)',
    ],
    [
      { kind: 'unreadable', source: 'grants', permissionNeeded: 'kms:ListGrants' },
      'the grants on the key cannot be read (kms:ListGrants)',
    ],
    [
      { kind: 'session-name', ...AT },
      "key-policy Use names a session, and SageMaker's session name is not documented",
    ],
    [{ kind: 'principal', detail: 'NotPrincipal', ...AT }, 'key-policy Use: NotPrincipal'],
    [{ kind: 'resource', detail: 'a variable', ...AT }, 'key-policy Use: a variable'],
    [{ kind: 'malformed', detail: 'no Effect', ...AT }, 'key-policy Use: no Effect'],
    [
      {
        kind: 'paths-differ',
        paths: [
          { name: 'direct', verdict: 'allowed' },
          { name: 'via-s3', verdict: 'missing' },
        ],
      },
      'the call paths to KMS differ: direct allowed, via-s3 missing',
    ],
    [{ kind: 'undocumented', topic: 'grants' }, 'not documented: grants'],
    [{ kind: 'unknown-operator', name: 'Like', ...AT }, 'key-policy Use uses the unknown operator Like'],
    [
      { kind: 'propagating', since: '2026-11-23' },
      'changed at 2026-11-23, and does not take effect everywhere yet',
    ],
    [{ kind: 'evaluators-disagree', detail: 'two opinions' }, 'two opinions'],
  ])('says %o', (reason, words) => {
    expect(describeReason(reason)).toBe(words)
  })
})
