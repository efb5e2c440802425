import { expect, test } from 'vitest'

import { formatValue } from '../../src/errors/format-value.js'

test.each([
  ['alias/gt', '"alias/gt"'],
  ['a "name"\n', '"a \\"name\\"\\n"'],
  ['x'.repeat(121), `"${'x'.repeat(100)}… (121 characters)"`],
  [
    'https://acme.s3.amazonaws.com/1.jpg?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F2026&X-Amz-Signature=abc&X-Amz-Date=1',
    '"https://acme.s3.amazonaws.com/1.jpg?X-Amz-Credential=…&X-Amz-Signature=…&X-Amz-Date=1"',
  ],
  ['AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG', '"AKIA…"'],
  [
    '{"aws_secret_access_key": "wJalr", "sessionToken":"FQoG"}',
    '"{\\"aws_secret_access_key\\": \\"…\\", \\"sessionToken\\":\\"…\\"}"',
  ],
  ['https://me:secret@acme.com/x', '"https://…@acme.com/x"'],
  [-1, '-1'],
  [Number.NaN, 'NaN'],
  [true, 'true'],
  [undefined, 'undefined'],
  [null, 'null'],
  [7n, '7n'],
  [10n ** 200n, `1${'0'.repeat(99)}… (201 characters)n`],
  [Symbol('secret'), 'a symbol'],
  [() => 'secret', 'a function'],
  [{ secret: 'secret' }, 'an object'],
  [['secret'], 'an array'],
  [new Date('2026-11-25'), '2026-11-25T00:00:00.000Z'],
  [new Date('never'), 'an invalid Date'],
  // Whoever gave one forgot to await it.
  [Promise.resolve('secret'), 'a promise that was not awaited'],
] as readonly [unknown, string][])('a value is shown as it is, or by what it is: %#', (value, words) => {
  expect(formatValue(value)).toBe(words)
})
