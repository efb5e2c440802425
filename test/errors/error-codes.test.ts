import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RETRYABLE_BY_CODE } from '../../src/errors/error-code.js'

test('the page on errors lists every code, and whether it is retryable', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

  const rows = page
    .split(/^### /m)
    .slice(1)
    .map((section) => [/^([a-z-]+)$/m.exec(section)?.[1], /^Retryable\. /m.test(section)])

  expect(Object.fromEntries(rows)).toEqual(RETRYABLE_BY_CODE)
})
