import { expect, test } from 'vitest'
import { checkStoredSequence } from '../../../src/manifests/write/check-stored-sequence.js'

const HEAD = '"seq-no": 1, "number-of-frames": 2'
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
const LONG = 'a'.repeat(300_000)

function codesOf(text: string, kind: 'video-sequence' | 'point-cloud-sequence'): readonly string[] {
  return checkStoredSequence(text, kind).problems.map(({ code }) => code)
}

test('a frame name of 300,000 characters is compared, not a bare RangeError', () => {
  const frames = `[{"frame": "b.jpg"}, {"frame": "${LONG}.jpg"}]`

  expect(codesOf(`{${HEAD}, "prefix": "s3://acme/a/", "frames": ${frames}}`, 'video-sequence')).toEqual([
    'frame-order',
  ])
})

test.each([
  ['video-sequence', ['sequence-prefix', 'frame-name', 'frame-name']],
  ['point-cloud-sequence', ['sequence-prefix', 'frame-name', 'frame-name', 'frame-time', 'frame-time']],
] as const)('what is deep, or no text, where a %s has names is told, not thrown', (kind, codes) => {
  const odd = `{"frame": ${DEEP}, "unix-timestamp": {"valueOf": 1, "toString": 1}}`

  for (const prefix of [DEEP, '{"toString": 1}'])
    expect(codesOf(`{${HEAD}, "prefix": ${prefix}, "frames": [${odd}, ${odd}]}`, kind)).toEqual(
      expect.arrayContaining([...codes]),
    )
})
