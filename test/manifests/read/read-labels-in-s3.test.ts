import { describe, expect, it } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { awsWith } from '../aws-with.js'

const OPTIONS = { task: 'image-classification', attribute: 'sky' } as const
const URI = 's3://acme-gt/out/signs/manifests/output/output.manifest'
const MANIFEST = '{"source-ref":"s3://acme-gt/in/1.jpg","sky":0}\n{"source-ref":"s3://acme-gt/in/2.jpg"}\n'

describe('readLabels of an S3 address', () => {
  it('reads the object that the address names', async () => {
    const aws = awsWith({ 's3:GetObject': () => ({ Body: body(MANIFEST), ContentLength: MANIFEST.length }) })

    const labels = await all(readLabels(OPTIONS, URI, aws))

    expect(labels.map((label) => [label.status, label.lineNumber])).toStrictEqual([
      ['labeled', 1],
      ['unlabeled', 2],
    ])
    expect(aws.calls).toStrictEqual([
      {
        name: 's3:GetObject',
        input: { Bucket: 'acme-gt', Key: 'out/signs/manifests/output/output.manifest' },
        options: { what: `Cannot read the manifest ${URI}` },
      },
    ])
  })

  it('reads an object of unknown length', async () => {
    const aws = awsWith({ 's3:GetObject': () => ({ Body: body(MANIFEST) }) })

    expect(await all(readLabels({ ...OPTIONS, onBadLine: 'report' }, URI, aws))).toHaveLength(2)
  })

  it.each([
    ['ends early', { Body: body(MANIFEST), ContentLength: 5000 }, `S3 gave ${MANIFEST.length} of 5000 bytes`],
    ['has no body', {}, 'S3 gave 0 of an unknown number of bytes'],
  ])('does not take an answer that %s for a whole manifest', async (_name, answer, why) => {
    const aws = awsWith({ 's3:GetObject': () => answer })

    await expect(all(readLabels(OPTIONS, URI, aws))).rejects.toMatchObject({
      code: 'network',
      retryable: true,
      message: `Cannot read the manifest ${URI}: ${why}. Read it again; what was read so far is good.`,
    })
  })

  it('says that the connection was lost when it breaks in the middle', async () => {
    const reset = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    async function* broken() {
      yield new TextEncoder().encode(MANIFEST)
      throw reset
    }
    const Body = Object.assign(broken(), { transformToString: async () => '' })
    const aws = awsWith({ 's3:GetObject': () => ({ Body, ContentLength: 5000 }) })

    await expect(all(readLabels(OPTIONS, URI, aws))).rejects.toMatchObject({
      code: 'network',
      retryable: true,
      what: `Cannot read the manifest ${URI}`,
      why: 's3:GetObject lost the connection to s3 in us-east-1 (ECONNRESET: aborted)',
      cause: reset,
    })
  })

  it('refuses an address that is none before it calls S3', async () => {
    const aws = awsWith({})
    const address = 'out/output.manifest' as 's3://'

    await expect(all(readLabels(OPTIONS, address, aws))).rejects.toMatchObject({ code: 'invalid-name' })
    expect(aws.calls).toStrictEqual([])
  })

  it('reads the object anew in each loop', async () => {
    const aws = awsWith({ 's3:GetObject': () => ({ Body: body(MANIFEST) }) })

    const labels = readLabels(OPTIONS, URI, aws)

    expect(aws.calls).toHaveLength(0)
    expect(await all(labels)).toStrictEqual(await all(labels))
    expect(aws.calls).toHaveLength(2)
  })

  it('needs a connection', async () => {
    const aws = undefined as unknown as Aws

    await expect(all(readLabels(OPTIONS, URI, aws))).rejects.toMatchObject({
      code: 'refused-call',
      message: 'Cannot call readLabels(): there is no connection to AWS: give the value of connect().',
    })
  })

  it('does not show the text of a manifest that was given in the place of an address', async () => {
    const reading = all(readLabels(OPTIONS, MANIFEST as 's3://', awsWith({})))

    await expect(reading).rejects.toMatchObject({
      code: 'refused-call',
      message:
        'Cannot read labels from this string: it is the text of a manifest. Give an S3 address, or the text in an array: [text].',
    })
  })
})

function body(text: string) {
  async function* chunks() {
    for (let at = 0; at < text.length; at += 7) yield new TextEncoder().encode(text.slice(at, at + 7))
  }
  return Object.assign(chunks(), { transformToString: async () => text })
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list = []
  for await (const item of items) list.push(item)
  return list
}
