import { expect, test } from 'vitest'
import { sourceFiles, sourceText } from '../../scripts/read-imports.mjs'

/** Thrown and caught within one call, so that no other copy of the library comes between. */
const WITHIN_ONE_COPY = ['ChangeFailed', 'AwsFault']

test('nothing tells our own values by their class, which another copy of the library does not share', () => {
  const ours = new Set(
    sourceFiles().flatMap((file) =>
      [...sourceText(file).matchAll(/^(?:export )?class (\w+)/gm)].map(([, name]) => name as string),
    ),
  )
  const asks = sourceFiles().flatMap((file) =>
    [...sourceText(file).matchAll(/^(?! *\*).*\binstanceof (\w+)/gm)].map(([, name]) => ({
      file,
      name: name as string,
    })),
  )
  const renamed = ['ThrownError']

  const wrong = asks.filter(({ name }) => ours.has(name) || renamed.includes(name))

  expect(ours.has('LabelingJobError')).toBe(true)
  expect(asks.length).toBeGreaterThan(10)
  expect(wrong.filter(({ name }) => !WITHIN_ONE_COPY.includes(name))).toEqual([])
})
