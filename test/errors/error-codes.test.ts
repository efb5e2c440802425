import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isRetryable } from '../../src/errors/error-code.js'
import { ERROR_CODES } from '../support/error-codes.js'

test('the page on errors lists every code, and whether it is retryable', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

  const rows = page
    .split(/^### /m)
    .slice(1)
    .map((section) => [/^([a-z-]+)$/m.exec(section)?.[1], /^Retryable\. /m.test(section)])

  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(ERROR_CODES.map((code) => [code, isRetryable(code)])),
  )
})
