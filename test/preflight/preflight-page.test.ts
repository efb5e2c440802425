import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CHECK_CODES } from '../../src/preflight/report/check.js'

const PAGE = readFileSync(new URL('../../docs/preflight.md', import.meta.url), 'utf8')

test('the page on preflight has a paragraph with cause and cure for every check, in the order of a report', () => {
  const paragraphs = [...PAGE.matchAll(/^### ([a-z-]+)\n\n\S.*\n\nWhat to do: \S/gm)].map(([, code]) => code)

  expect(paragraphs).toEqual(Object.keys(CHECK_CODES))
})

test('the causes of failures name checks that there are, or say that nothing tells them', () => {
  const [, table = ''] = PAGE.split('## What makes jobs fail')
  const rows = [...table.matchAll(/^\| (?!in practice|---)(.*?) +\| (.*?) +\|$/gm)]
  const told = rows.map(([, cause, by = '']) => ({
    cause,
    isTold:
      /^nothing\b/.test(by) ||
      [...by.matchAll(/`([a-z-]+)`/g)].some(([, code]) => code && code in CHECK_CODES),
  }))

  expect(rows.length).toBeGreaterThan(30)
  expect(told.filter(({ isTold }) => !isTold)).toEqual([])
})
