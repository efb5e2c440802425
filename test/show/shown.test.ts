import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { connect, labelingJob, listJobs } from '../../src/index.js'
import { readLabels } from '../../src/manifests/index.js'
import { scopedStyle } from '../../src/show/html.js'
import { makeShown } from '../../src/show/shown.js'
import { fakeAws } from '../../src/testing/index.js'
import { notebookOutput, strayHtml } from '../support/notebook-output.js'
import { signsJob } from '../support/signs-job.js'

describe('a value without HTML of its own', () => {
  const shown = makeShown({ count: 1 }, { text: () => 'a  b\n<c>' })

  test('is shown by a notebook letter under letter, dark on light whatever the page', () => {
    const { 'text/html': html = '', ...others } = notebookOutput(shown)

    expect(others).toEqual({ 'text/plain': 'a  b\n<c>', 'text/markdown': '```text\na  b\n<c>\n```' })
    expect(html).toMatch(
      /^<pre style="[^"]*white-space:pre;[^"]*monospace;[^"]*">a {2}b\n&#60;c&#62;<\/pre>$/,
    )
    expect(strayHtml(html)).toEqual([])
  })
})

test('a value whose HTML is a page is shown by a notebook as a part of one', () => {
  const shown = makeShown({}, { text: () => 'x', html: () => '<!doctype html>x', section: () => '<b>x</b>' })

  expect(shown.toHtml()).toBe('<!doctype html>x')
  expect(notebookOutput(shown)['text/html']).toBe('<b>x</b>')
})

test('rules of style are kept to a class, inside of @media too', () => {
  expect(
    scopedStyle(
      'mine',
      '& { color: red } h1, & p { margin: 0 }\n@media print { td { top: 0 } & { left: 0 } }',
    ),
  ).toBe(
    '\n.mine { color: red }\n.mine h1, .mine p { margin: 0 }\n@media print {\n.mine td { top: 0 }\n.mine { left: 0 } }',
  )
})

test('a value as Markdown is one block of code, whatever its text has', () => {
  const shown = makeShown({}, { text: () => 'reason:\n```\n<img src=x>' })

  expect(shown.toMarkdown()).toBe('````text\nreason:\n```\n<img src=x>\n````')
})

describe('what is printed', () => {
  const printed = (value: unknown) => [inspect(value), String(value)]

  test.each<[string, object, string]>([
    [
      'a connection, with nothing of how it signs',
      connect({
        region: 'eu-west-1',
        profile: 'ops',
        endpoint: 'http://me:wJalrXUtn@localhost:4566',
        credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtn' },
      }),
      'connection to AWS, region eu-west-1, profile ops, endpoint http://…@localhost:4566',
    ],
    ['a connection that finds all by itself', connect(), 'connection to AWS'],
    ['the fake', fakeAws(), 'fake AWS, region us-east-1, account 111122223333: empty; 0 calls so far'],
    ['a list without a problem', signsJob.problems('us-east-1'), 'no problems'],
    [
      'jobs to come',
      listJobs(connect()),
      'an AsyncIterable of jobs: for await (const each of …) reads them, each loop anew',
    ],
    [
      'labels to come',
      readLabels({ task: 'bounding-box', attribute: 'signs' }, []),
      'an AsyncIterable of labels: for await (const each of …) reads them, each loop anew',
    ],
  ])('is a few lines: %s', (_, value, text) => {
    expect(printed(value)).toEqual([text, text])
  })

  test('the fake tells what it holds and how often it was called', async () => {
    const cloud = fakeAws()
    const { keyArn } = cloud.key()
    cloud.key()
    cloud.role({ name: 'GtExec' })
    await cloud.connect().call('kms:DescribeKey', { KeyId: keyArn })

    expect(inspect(cloud)).toBe(
      'fake AWS, region us-east-1, account 111122223333: 2 keys, 1 role; 1 call so far',
    )
    expect(inspect(cloud.calls)).toBe('1 call so far\n  kms:DescribeKey 1')
  })

  test('a list of problems is sentences, and plain data all the same', () => {
    const problems = labelingJob('a b').role('arn:aws:iam::111122223333:role/GtExec').problems()

    const [first, ...others] = printed(problems)[0]?.split('\n') ?? []
    expect(first).toBe(
      'error: LabelingJobName: it is "a b". AWS takes letters, digits and hyphens, with a letter or a digit at both ends. Give letters, digits and hyphens, with a letter or a digit at both ends.',
    )
    expect([String(problems).split('\n').length, others.length + 1]).toEqual([
      problems.length,
      problems.length,
    ])

    expect(Object.keys(problems)).toEqual(problems.map((_, index) => String(index)))
    expect(JSON.parse(JSON.stringify(problems))).toEqual(problems)
  })

  test('a connection is JSON without credentials', () => {
    const aws = connect({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })

    expect(JSON.stringify(aws)).toBe('{"region":"eu-west-1"}')
  })
})
