import { describe, expect, test } from 'vitest'
import { scopedStyle } from '../../src/show/html.js'
import { makeShown } from '../../src/show/shown.js'
import { notebookOutput, strayHtml } from '../support/notebook-output.js'

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
