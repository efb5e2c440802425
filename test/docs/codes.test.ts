import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../src/job/rules/rules.js'
import type { CategoryRuleName, ManifestRuleName } from '../../src/manifests/index.js'
import type { UnknownReason } from '../../src/permissions/index.js'
import { CHECK_CODES } from '../../src/preflight/report/check.js'
import { ERROR_CODES } from '../support/error-codes.js'
import { FINDING_CODES } from '../support/finding-codes.js'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The rules of a job that stand beside the table, and those of the form of a configuration. */
const OTHER_RULES = [
  'key-misplaced',
  'unknown-field',
  'chain-same-name',
  'chain-other-task',
  'chain-same-attribute',
  'chain-without-key',
  'raw-takes-key',
  'config-missing',
  'config-unknown',
  'config-wrong-type',
  'config-wrong-value',
]

// Codes that are types alone: the compiler says which of them lack here, and which are none.
const REASONS: Readonly<Record<UnknownReason['kind'], true>> = {
  condition: true,
  unreadable: true,
  'session-name': true,
  principal: true,
  resource: true,
  'paths-differ': true,
  'requests-differ': true,
  undocumented: true,
  'unknown-operator': true,
  malformed: true,
  propagating: true,
  'evaluators-disagree': true,
}
const MANIFEST: Readonly<Record<ManifestRuleName, true>> = {
  'not-an-object': true,
  'not-json': true,
  'not-utf-8': true,
  'line-not-utf-8': true,
  'line-over-100-kb': true,
  'line-not-json': true,
  'line-byte-order-mark': true,
  'line-too-long': true,
  'key-twice': true,
  'attribute-dollar': true,
  'attribute-too-long': true,
  'source-count': true,
  'source-empty': true,
  'source-address': true,
  'source-not-stored': true,
  'source-not-inline': true,
  'source-ending': true,
  'source-ending-case': true,
  'source-twice': true,
  'label-attribute-taken': true,
  'no-objects': true,
  'too-many-objects': true,
  'over-object-quota': true,
  'too-few-for-auto-labeling': true,
  'few-for-auto-labeling': true,
  'sequence-number': true,
  'sequence-prefix': true,
  'sequence-not-json': true,
  'sequence-count': true,
  'sequence-empty': true,
  'sequence-too-long': true,
  'frame-name': true,
  'frame-ending': true,
  'frame-twice': true,
  'frame-order': true,
  'frame-number': true,
  'frame-time-whole': true,
  'frame-metadata': true,
  'frame-time': true,
  'frame-time-order': true,
  'frame-format': true,
  'frame-format-unknown': true,
  'frame-prefix': true,
  'too-many-images': true,
  'image-path': true,
  'camera-model': true,
  'not-a-number': true,
}
const CATEGORIES: Readonly<Record<CategoryRuleName, true>> = {
  'not-json': true,
  'not-an-object': true,
  'unknown-option': true,
  'not-an-array': true,
  'too-few-items': true,
  'too-many-items': true,
  'not-a-string': true,
  'not-unicode': true,
  'text-length': true,
  'not-allowed': true,
  'not-unique': true,
  'not-a-boolean': true,
  'unknown-task': true,
  'task-form': true,
  'too-many-attributes': true,
  'too-much-free-text': true,
  'enum-of-number': true,
  'range-of-string': true,
  'range-missing': true,
  'range-turned': true,
  'audit-missing': true,
  'audit-not-allowed': true,
  'audit-name': true,
  'annotation-type-task': true,
  'annotation-type-linked': true,
  'attributes-ignored': true,
  'labels-alike': true,
  'verification-task': true,
  'verification-edits': true,
}

describe('every code has its paragraph, and no other has one', () => {
  test.each<[string, readonly string[]]>([
    ['docs/errors.md', ERROR_CODES],
    ['docs/problems.md', [...Object.keys(RULES), ...OTHER_RULES, ...Object.keys(MANIFEST)]],
    ['docs/category-problems.md', Object.keys(CATEGORIES)],
    ['docs/preflight.md', Object.keys(CHECK_CODES)],
    ['docs/evidence.md', FINDING_CODES],
    ['docs/permissions.md', Object.keys(REASONS)],
  ])('%s', (page, codes) => {
    const text = readFileSync(ROOT + page, 'utf8')

    const headings = [...text.matchAll(/^##+ ([a-z0-9-]+)$/gm)].map(([, code]) => code)

    expect([...headings].sort()).toEqual([...codes].sort())
  })
})

describe('the paragraph of a rule of a job', () => {
  test.each(Object.entries(RULES))('says what to do, in the words of the rule: %s', (code, { fix }) => {
    const page = readFileSync(`${ROOT}docs/problems.md`, 'utf8')

    const [, paragraph = ''] = page.split(`### ${code}\n`)

    expect(paragraph.split('\n### ')[0]?.replace(/\s+/g, ' ')).toContain(fix)
  })
})
