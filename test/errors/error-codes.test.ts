import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RETRYABLE_BY_CODE } from '../../src/errors/error-code.js'

test('the page on errors lists every code, and whether it is retryable', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (yes|no) +\|/gm)].map(([, code, retryable]) => [
    code,
    retryable === 'yes',
  ])

  expect(Object.fromEntries(rows)).toEqual(RETRYABLE_BY_CODE)
})
