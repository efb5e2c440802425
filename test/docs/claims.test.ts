import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const page = readFileSync(`${ROOT}docs/claims.md`, 'utf8')
const proofs = [...page.matchAll(/`((?:test|scripts)\/[^`]+)`(?:: ([^|;`]+))?/g)].map(
  ([, file = '', title = '']) => ({ file, title: title.trim() }),
)

describe('what shows a claim is there', () => {
  test.each(proofs)('$file $title', ({ file, title }) => {
    expect(existsSync(ROOT + file)).toBe(true)
    expect(readFileSync(ROOT + file, 'utf8')).toContain(title)
  })

  test('for each row of the tables', () => {
    const rows = page.split('\n').filter((line) => /^\| (?!claim|-)/.test(line))

    expect(rows.filter((row) => !/`(?:test|scripts)\/[^`]+`[^|]*\|$/.test(row))).toEqual([])
    expect(rows.length).toBeGreaterThan(20)
  })
})
