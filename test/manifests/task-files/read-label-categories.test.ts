import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { entityCategories } from '../../../src/manifests/task-files/entity-categories.js'
import { frameCategories } from '../../../src/manifests/task-files/frame-categories.js'
import { labelCategories } from '../../../src/manifests/task-files/label-categories.js'
import { readLabelCategories } from '../../../src/manifests/task-files/read-label-categories.js'
import { awsWith } from '../aws-with.js'

const INSTRUCTIONS = { shortInstruction: 'Mark', fullInstruction: '<p>Mark</p>' }
const URI = 's3://acme-gt/ui/labels.json'

describe('readLabelCategories', () => {
  test.each([
    labelCategories({ labels: ['stop', 'yield'] }),
    entityCategories({ labels: ['place', 'Łódź'], instructions: INSTRUCTIONS }),
    frameCategories({ labels: ['car', 'bus'], instructions: INSTRUCTIONS }),
  ])('gives back what was made in the form of $form', async (made) => {
    const read = await readLabelCategories(String(made))

    expect(read.form).toBe(made.form)
    expect(read.classes).toEqual(made.classes)
    expect(String(read)).toBe(String(made))
    expect(read.toJSON()).toEqual(made.toJSON())
  })

  test.each<[string, object, string]>([
    ['the version spelled with a hyphen', { 'document-version': '2020-03-01' }, 'frames'],
    ['no version, with attributes', { frameAttributes: [] }, 'frames'],
    ['no version, with instructions', { instructions: INSTRUCTIONS }, 'entities'],
    ['no version', {}, 'simple'],
    [
      'more than today may be in it',
      { extra: 1, labels: Array(51).fill({ label: 'a', color: 'red' }) },
      'simple',
    ],
  ])('takes a file of another maker: %s', async (_case, rest, form) => {
    const text = `\uFEFF${JSON.stringify({ labels: [{ label: 'a' }], ...rest })}`

    expect(await readLabelCategories(text)).toMatchObject({ form, classes: expect.arrayContaining(['a']) })
  })

  test('reads a file in S3, however it is cut', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ labels: [{ label: 'Łódź 🎈' }] }))
    async function* parts() {
      for (const byte of bytes) yield Uint8Array.of(byte)
    }
    const Body = Object.assign(parts(), { transformToString: async () => '' })
    const aws = awsWith({ 's3:GetObject': () => ({ Body, ContentLength: bytes.length }) })

    const { classes } = await readLabelCategories(URI, aws)

    expect(classes).toEqual(['Łódź 🎈'])
    expect(aws.calls).toEqual([
      {
        name: 's3:GetObject',
        input: { Bucket: 'acme-gt', Key: 'ui/labels.json' },
        options: { what: `Cannot read the label categories ${URI}` },
      },
    ])
  })

  test('ends on a signal in the middle of a file', async () => {
    const stop = new AbortController()
    const body = new Readable({ read() {} })
    body.push('{"labels":')
    const Body = Object.assign(body, { transformToString: async () => '' })
    const aws = awsWith({
      's3:GetObject': () => {
        setImmediate(() => stop.abort())
        return { Body }
      },
    })

    const reading = readLabelCategories(URI, aws, { signal: stop.signal })

    await expect(reading).rejects.toMatchObject({
      code: 'aborted',
      message: `Cannot read the label categories ${URI}: its signal was aborted.`,
    })
    expect(body.destroyed).toBe(true)
  })

  test.each([
    ['{', ['it is not JSON. A label category file is a JSON object.']],
    ['[]', ['it is an array. It has to be an object. Give an object.']],
    ['{}', ['labels: it is missing. It has to be an array. Give an array.']],
    [
      '{"labels":[7,{"label":""},{"name":"a"}]}',
      [
        'labels[0]: it is 7. It has to be an object.',
        'labels[1].label: "" has 0 characters. It has to have 1 or more.',
        'labels[2].label: it is missing. It has to be a string.',
      ],
    ],
  ])('says what is wrong with %s', async (text, words) => {
    const thrown = await readLabelCategories(text).catch((error: Error) => error)

    expect(thrown).toMatchObject({ code: 'label-categories-invalid', data: { count: words.length } })
    for (const word of words) expect(String(thrown)).toContain(`\n- ${word}`)
  })

  test.each<[string, unknown[], string]>([
    ['no connection', [URI], 'Cannot call readLabelCategories(): there is no connection to AWS'],
    [
      'no text',
      [undefined],
      'Cannot call readLabelCategories(): it was given neither an S3 address nor a text',
    ],
    ['a misspelt option', ['{}', undefined, { abortSignal: 1 }], 'it has no option "abortSignal"'],
  ])('is refused for %s', async (_case, given, words) => {
    const reading = readLabelCategories(...(given as Parameters<typeof readLabelCategories>))

    await expect(reading).rejects.toMatchObject({
      code: 'refused-call',
      message: expect.stringContaining(words),
    })
  })
})
