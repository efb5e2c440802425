import { describe, expect, test } from 'vitest'
import { failed, type MadeCheck, passed, unknown, warning } from '../../../src/preflight/report/check.js'
import { makePreflightReport } from '../../../src/preflight/report/preflight-report.js'
import { notebookOutput, strayHtml } from '../../support/notebook-output.js'

const SIGNS = { name: 'signs', region: 'us-east-1' }

const CORS = failed('bucket-cors', {
  about: 'input',
  what: 'the bucket acme has no CORS rules',
  why: 'the pages of workers load from it',
  fix: 'Let pages GET from acme',
  owner: 'bucket',
  help: { cli: [{ run: ['aws', 's3api', 'put-bucket-cors', '--bucket', 'acme'] }] },
})
const CHECKS: readonly MadeCheck[] = [
  passed('team-exists', 'the work team v is there'),
  CORS,
  passed('job-rules', 'the request breaks no rule'),
  unknown('auto-labeling-quota', {
    what: 'the quota: not known',
    why: 'no call tells it',
    fix: 'Look under Service Quotas',
    owner: 'you',
  }),
]

describe('a report', () => {
  test('is one line a check in groups, and says what to do where a check did not pass', () => {
    expect(String(makePreflightReport(SIGNS, CHECKS))).toBe(
      [
        'Labeling job signs in us-east-1: will fail (1 failed, 1 unknown, 2 passed)',
        '  job',
        '    passed   job-rules            the request breaks no rule',
        '    unknown  auto-labeling-quota  the quota: not known',
        '                                  No call tells it. Look under Service Quotas.',
        '  input',
        '    failed   bucket-cors          the bucket acme has no CORS rules',
        '                                  The pages of workers load from it. Let pages GET from acme. (the owner of the bucket)',
        '  workers',
        '    passed   team-exists          the work team v is there',
      ].join('\n'),
    )
  })

  test('is a table in Markdown', () => {
    expect(makePreflightReport(SIGNS, CHECKS).toMarkdown()).toBe(
      [
        '### Labeling job signs in us-east-1: will fail (1 failed, 1 unknown, 2 passed)',
        '',
        '| about | status | check | what is there, and what to do |',
        '| --- | --- | --- | --- |',
        '| job | passed | `job-rules` | the request breaks no rule |',
        '| job | **unknown** | `auto-labeling-quota` | the quota: not known<br>No call tells it. Look under Service Quotas. |',
        '| input | **failed** | `bucket-cors` | the bucket acme has no CORS rules<br>The pages of workers load from it. Let pages GET from acme. (the owner of the bucket) |',
        '| workers | passed | `team-exists` | the work team v is there |',
      ].join('\n'),
    )
  })

  test('is a table in HTML, in which each status has its colour', () => {
    const html = makePreflightReport(SIGNS, CHECKS).toHtml()

    expect(html.match(/<tr>/g)).toHaveLength(5)
    expect(html).toContain('<strong style="color:#d1242f">failed</strong>')
    expect(html).toContain(
      '<small>The pages of workers load from it. Let pages GET from acme. (the owner of the bucket)</small>',
    )
  })

  test('is shown by a notebook on a card that can be read on a dark page', () => {
    const { 'text/html': html = '' } = notebookOutput(makePreflightReport(SIGNS, CHECKS))

    expect(strayHtml(html)).toEqual([])
    expect(html.match(/<t[dh] style="[^"]*background:#fff/g)).toHaveLength(15)
  })

  test('is plain data in JSON, without what only a ticket says', () => {
    const { help: _, ...bucket } = CORS
    const report = makePreflightReport(SIGNS, [CORS])

    expect(JSON.parse(JSON.stringify(report))).toEqual({ ...SIGNS, ok: false, checks: [bucket] })
    expect(Object.isFrozen(report.checks[0])).toBe(true)
  })

  test('shows hostile names as they are, and lets none become markup', () => {
    const name = '</td><script>alert(1)</script>|`**\u001b[2J\n# x'
    const report = makePreflightReport(SIGNS, [passed('bucket-exists', name)])

    expect(report.toHtml()).not.toContain('<script>')
    expect(report.toMarkdown().split('\n')).toHaveLength(5)
    expect(report.toMarkdown()).toContain('\\<script\\>')
    expect(String(report)).not.toContain('\u001b')
    expect(String(report).split('\n')).toHaveLength(3)
  })
})

const NOT_SEEN = { what: 'it', why: 'hidden', fix: 'Look', owner: 'you' } as const

test.each([
  ['passes', true, 'nothing found that keeps it from running (', [passed('job-rules', 'fine')]],
  ['warns', true, 'nothing found that keeps it from running (1 warning)', [warning('job-rules', NOT_SEEN)]],
  [
    'warns and takes for true what AWS documents',
    true,
    'nothing found that keeps it from running, if AWS does as it documents (2 warnings)',
    [warning('role-trust', { ...NOT_SEEN, assumes: ['documented'] }), warning('job-rules', NOT_SEEN)],
  ],
  ['fails', false, 'will fail', [failed('job-rules', NOT_SEEN), unknown('keys-allowed', NOT_SEEN)]],
  ['is not known', false, 'not certain', [unknown('keys-allowed', NOT_SEEN)]],
  [
    'is known to nobody',
    true,
    'nothing found that keeps it from running, as far as could be seen',
    [unknown('auto-labeling-quota', NOT_SEEN)],
  ],
  ['could not be asked', true, 'as far as could be seen', [unknown('caller-may-create', NOT_SEEN)]],
  [
    'is not known, and what was seen speaks against it',
    false,
    'not certain',
    [unknown('caller-may-create', { ...NOT_SEEN, against: true })],
  ],
])('a job of which a check %s is ok: %s', (_, ok, words, checks) => {
  const report = makePreflightReport(SIGNS, checks)

  expect(report.ok).toBe(ok)
  expect(String(report).split('\n')[0]).toContain(words)
})

describe('a ticket', () => {
  test('has what is asked of one owner, and the commands', () => {
    expect(makePreflightReport(SIGNS, CHECKS).toTicket('bucket')).toBe(
      [
        '## Labeling job signs: what it needs of the owner of the bucket',
        'For: the owner of the bucket',
        'The Amazon SageMaker Ground Truth labeling job signs in us-east-1 was checked before it is created. What follows stands in its way, or may.',
        '### Let pages GET from acme',
        '**Why:** the bucket acme has no CORS rules: the pages of workers load from it',
        '**With the AWS CLI:**',
        '```sh\naws s3api put-bucket-cors --bucket acme\n```',
        '**To verify:**',
        'Have whoever runs the job check it again.',
      ].join('\n\n'),
    )
  })

  test('asks nothing of whoever has nothing to do', () => {
    expect(makePreflightReport(SIGNS, CHECKS).toTicket('key')).toContain(
      'Nothing is asked of the owner of the KMS key.',
    )
  })

  test('goes to owners that there are', () => {
    expect(() => makePreflightReport(SIGNS, CHECKS).toTicket('boss' as never)).toThrow(
      'Cannot call toTicket(): "boss" is no owner: give one of you, role, key, bucket, topic, lambda, team.',
    )
  })
})
