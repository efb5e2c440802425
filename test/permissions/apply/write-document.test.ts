import { describe, expect, test } from 'vitest'
import { oneAtATime } from '../../../src/permissions/apply/one-at-a-time.js'
import {
  lookAtDocument,
  type StoredDocument,
  writeDocument,
} from '../../../src/permissions/apply/write-document.js'
import { cloudWith, failing, OUTPUT_KEY, policyText, slept, thrownBy } from '../labeling-account.js'

const BEFORE = '{"Statement":[{"Sid":"A"}]}'
const AFTER = '{"Statement":[{"Sid":"A"},{"Sid":"Own"}]}'
const THEIRS = '{"Statement":[{"Sid":"B"}]}'
const EDIT = {
  before: BEFORE,
  after: AFTER,
  rebuild: () => 'rebuilt',
  malformedPatience: 0,
}

/** The error of AWS that a write ends in. */
async function failure(name: string): Promise<Error> {
  const cloud = cloudWith(policyText())
  failing(cloud, 'kms:PutKeyPolicy', name)
  return thrownBy(
    cloud.connect().call('kms:PutKeyPolicy', { KeyId: OUTPUT_KEY, PolicyName: 'default', Policy: '{}' }),
  )
}
const [throttled, lostAnswer, malformed, denied] = await Promise.all(
  ['ThrottlingException', 'TimeoutError', 'MalformedPolicyDocumentException', 'AccessDeniedException'].map(
    failure,
  ),
)

/** A document that gives the texts one after another, the last for ever, and takes writes as it is told. */
function document(reads: readonly (string | null | Error)[], writes: readonly (Error | undefined)[] = []) {
  const [texts, answers] = [[...reads], [...writes]]
  const written: (string | null)[] = []
  const cloud = cloudWith()
  let count = 0
  const stored: StoredDocument = {
    what: 'the document',
    async read() {
      count++
      const text = texts.length > 1 ? texts.shift() : texts[0]
      if (text instanceof Error) throw text
      return text ?? null
    },
    async write(text) {
      written.push(text)
      const answer = answers.shift()
      if (answer !== undefined) throw answer
    },
  }
  return { stored, written, aws: cloud.connect(), reads: () => count, waited: () => slept(cloud) }
}

describe('a document is looked at', () => {
  test.each([
    [AFTER, { state: 'already-there' }],
    [AFTER.replaceAll(',', ' , '), { state: 'already-there' }],
    [BEFORE, { state: 'to-write' }],
    [`${BEFORE}\n`, { state: 'to-write' }],
    [THEIRS, { state: 'stale', found: THEIRS }],
    [null, { state: 'stale', found: null }],
    ['not JSON', { state: 'stale', found: 'not JSON' }],
  ])('with %j: %j', async (text, state) => {
    const { stored, aws } = document([text])

    expect(await lookAtDocument(stored, EDIT, aws)).toEqual(state)
  })

  test('and none is the same as none', async () => {
    const { stored, aws } = document([null])

    expect(await lookAtDocument(stored, { before: null, after: AFTER }, aws)).toEqual({ state: 'to-write' })
    expect(await lookAtDocument(stored, { before: AFTER, after: null }, aws)).toEqual({
      state: 'already-there',
    })
  })

  test('and a text that is no JSON is itself', async () => {
    const { stored, aws } = document(['x'])

    expect(await lookAtDocument(stored, { before: 'x', after: 'y' }, aws)).toEqual({ state: 'to-write' })
  })
})

describe('a document is written', () => {
  test('once, and read until it was as written three times', async () => {
    const { stored, written, aws, reads, waited } = document([BEFORE, BEFORE, AFTER])

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'verified' })
    expect([written, reads(), waited()]).toEqual([[AFTER], 5, 3_000])
  })

  test('not at all when it is there already, or was changed by somebody else', async () => {
    const [there, theirs] = [document([AFTER]), document([THEIRS])]

    expect(await writeDocument(there.stored, EDIT, there.aws)).toEqual({ state: 'already-there' })
    expect(await writeDocument(theirs.stored, EDIT, theirs.aws)).toEqual({ state: 'stale', found: THEIRS })
    expect([there.written, theirs.written, there.waited()]).toEqual([[], [], 0])
  })

  test('on what two reads agree on, and after six reads on the last', async () => {
    const settled = document([THEIRS, BEFORE, BEFORE, AFTER])
    const restless = document([BEFORE, THEIRS, BEFORE, THEIRS, THEIRS.concat(' '), BEFORE, AFTER])

    expect(await writeDocument(settled.stored, EDIT, settled.aws)).toEqual({ state: 'verified' })
    expect(await writeDocument(restless.stored, EDIT, restless.aws)).toEqual({ state: 'verified' })
    expect([settled.reads(), restless.reads()]).toEqual([6, 9])
  })

  test('anew from a text of the same meaning, whose bytes stay', async () => {
    const { stored, written, aws } = document([`${BEFORE} `, `${BEFORE} `, AFTER])

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'verified' })
    expect(written).toEqual(['rebuilt'])
  })

  test('and counts as verified only when it stays as written', async () => {
    const { stored, aws, waited } = document([BEFORE, BEFORE, AFTER, AFTER, BEFORE, AFTER])

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'verified' })
    expect(waited()).toBe(1_000 + 2_000 + 4_000 + 8_000 + 8_000)
  })

  test('and is propagating while AWS gives the old text for five minutes', async () => {
    const { stored, aws, waited } = document([BEFORE])

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'propagating' })
    expect(waited()).toBe(7_000 + 37 * 8_000)
  })

  test('and is lost when it reads differently afterwards', async () => {
    const { stored, aws } = document([BEFORE, BEFORE, AFTER, THEIRS])

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'lost', found: THEIRS })
  })

  test('and an answer that is lost is looked after before anything is sent again', async () => {
    const arrived = document([BEFORE, BEFORE, AFTER], [lostAnswer])
    const not = document([BEFORE, BEFORE, BEFORE, BEFORE, AFTER], [lostAnswer])
    const theirs = document([BEFORE, BEFORE, THEIRS], [lostAnswer])

    expect(await writeDocument(arrived.stored, EDIT, arrived.aws)).toEqual({ state: 'verified' })
    expect(await writeDocument(not.stored, EDIT, not.aws)).toEqual({ state: 'verified' })
    expect(await writeDocument(theirs.stored, EDIT, theirs.aws)).toEqual({ state: 'lost', found: THEIRS })
    expect([arrived, not, theirs].map(({ written }) => written.length)).toEqual([1, 2, 1])
  })

  test.each([
    ['throttled', throttled, 4, 7_000, false],
    ['left without an answer', lostAnswer, 4, 7_000, true],
    ['refused', denied, 1, 0, false],
    ['called malformed', malformed, 1, 0, false],
  ] as const)('and fails when it is %s each time', async (_, cause, times, pauses, mayBeWritten) => {
    const { stored, written, aws, waited } = document([BEFORE], Array(9).fill(cause))

    expect(await writeDocument(stored, EDIT, aws)).toEqual({ state: 'failed', cause, mayBeWritten })
    expect([written.length, waited()]).toEqual([times, pauses])
  })

  test('and a refusal of the text passes while AWS may not know a new role yet', async () => {
    const edit = { ...EDIT, malformedPatience: 20_000 }
    const known = document([BEFORE, BEFORE, BEFORE, BEFORE, BEFORE, BEFORE, AFTER], [malformed, malformed])
    const never = document([BEFORE], Array(9).fill(malformed))

    expect(await writeDocument(known.stored, edit, known.aws)).toEqual({ state: 'verified' })
    expect(await writeDocument(never.stored, edit, never.aws)).toEqual({
      state: 'failed',
      cause: malformed,
      mayBeWritten: false,
    })
    expect([known.written.length, never.written.length, never.waited()]).toEqual([3, 4, 24_000])
  })

  test('and a look at it that fails for a moment says nothing against it', async () => {
    const passing = document([BEFORE, BEFORE, ...Array(4).fill(throttled), AFTER])
    const refused = document([BEFORE, BEFORE, denied as Error])

    expect(await writeDocument(passing.stored, EDIT, passing.aws)).toEqual({ state: 'verified' })
    expect(await writeDocument(refused.stored, EDIT, refused.aws)).toEqual({
      state: 'failed',
      cause: denied,
      mayBeWritten: true,
    })
  })

  test('and is gone when that is what is wanted', async () => {
    const { stored, written, aws } = document([BEFORE, BEFORE, null])

    expect(await writeDocument(stored, { ...EDIT, after: null }, aws)).toEqual({ state: 'verified' })
    expect(written).toEqual([null])
  })
})

test('tasks of one name are done one after another, whatever becomes of the one before', async () => {
  const order: string[] = []
  const task =
    (name: string, fails = false) =>
    async () => {
      order.push(`begin ${name}`)
      await Promise.resolve()
      order.push(`end ${name}`)
      if (fails) throw new Error(name)
      return name
    }

  const done = await Promise.allSettled([
    oneAtATime('key', task('a', true)),
    oneAtATime('key', task('b')),
    oneAtATime('other', task('c')),
  ])
  const last = await oneAtATime('key', task('d'))

  expect(done.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
    'Error: a',
    'b',
    'c',
  ])
  expect(order.filter((step) => !step.endsWith('c'))).toEqual([
    'begin a',
    'end a',
    'begin b',
    'end b',
    'begin d',
    'end d',
  ])
  expect(last).toBe('d')
})
