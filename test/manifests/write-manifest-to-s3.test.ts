import { describe, expect, it } from 'vitest'
import { videoFrameSequence } from '../../src/manifests/write/video-frame-sequence.js'
import { writeManifestToS3 } from '../../src/manifests/write/write-manifest-to-s3.js'
import { writeSequenceToS3 } from '../../src/manifests/write/write-sequence-to-s3.js'
import { awsWith } from './aws-with.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const URI = 's3://acme-gt/in/dataset.manifest'
const IMAGES = [{ 'source-ref': 's3://acme-gt/in/1.jpg' }, { 'source-ref': 's3://acme-gt/in/Łódź.png' }]
const SEQUENCE = videoFrameSequence({ number: 1, prefix: 's3://acme-gt/in/v/', frames: ['1.jpg'] })

describe('writeManifestToS3', () => {
  it('puts the manifest under the key and says what it wrote', async () => {
    const aws = putting()

    const written = await writeManifestToS3(URI, IMAGES, { task: 'bounding-box', key: KEY, aws })

    const text = '{"source-ref":"s3://acme-gt/in/1.jpg"}\n{"source-ref":"s3://acme-gt/in/Łódź.png"}\n'
    const body = new TextEncoder().encode(text)
    expect(written).toStrictEqual({ uri: URI, objects: 2, bytes: body.length, warnings: [] })
    expect(aws.calls).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'in/dataset.manifest',
          Body: body,
          ContentType: 'application/jsonlines',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY,
        },
        options: { what: `Cannot write the manifest to ${URI}` },
      },
    ])
  })

  it('leaves encryption to the bucket without a key', async () => {
    const aws = putting()

    await writeManifestToS3(URI, IMAGES, { task: 'bounding-box', aws })

    expect(Object.keys(aws.calls[0]?.input ?? {})).toStrictEqual(['Bucket', 'Key', 'Body', 'ContentType'])
  })

  it('writes objects that come one by one, more than its first buffer holds', async () => {
    const aws = putting()
    async function* objects() {
      for (let index = 0; index < 3000; index += 1) yield { source: `${index} ${'ł'.repeat(100)}` }
    }

    const { bytes } = await writeManifestToS3(URI, objects(), { task: 'text-classification', aws })

    const [body] = aws.calls.map(({ input }) => (input as { Body: Uint8Array }).Body)
    const lines = new TextDecoder('utf-8', { fatal: true }).decode(body).trimEnd().split('\n')
    expect(body).toHaveLength(bytes)
    expect(lines.map((line) => Number.parseInt(JSON.parse(line).source, 10))).toStrictEqual(
      Array.from({ length: 3000 }, (_, index) => index),
    )
  })

  it('writes nothing when an object breaks a rule', async () => {
    const aws = putting()
    const objects = [...IMAGES, { 'source-ref': 's3://acme-gt/in/1.gif' }]

    await expect(writeManifestToS3(URI, objects, { task: 'bounding-box', aws })).rejects.toMatchObject({
      code: 'manifest-invalid',
      data: { problems: [{ code: 'source-ending', line: 3 }] },
    })
    expect(aws.calls).toStrictEqual([])
  })

  it.each([
    ['a bucket', 's3://acme-gt', KEY, 'Cannot use "s3://acme-gt" as the address of the manifest'],
    ['a folder', 's3://acme-gt/in/', KEY, 'Cannot use "s3://acme-gt/in/" as the address of the manifest'],
    ['no address', 'dataset.manifest', KEY, 'Cannot use "dataset.manifest" as S3 address'],
    ['an alias', URI, 'alias/gt-output', 'Cannot use "alias/gt-output" as the key of the manifest'],
    ['an empty key', URI, '', 'Cannot use "" as the key of the manifest'],
  ])('refuses %s before it reads an object', async (_name, uri, key, words) => {
    const aws = putting()
    const objects = {
      [Symbol.iterator](): Iterator<{ 'source-ref': string }> {
        throw new Error('read an object')
      },
    }

    await expect(writeManifestToS3(uri, objects, { task: 'bounding-box', key, aws })).rejects.toThrow(words)
    expect(aws.calls).toStrictEqual([])
  })
})

describe('writeSequenceToS3', () => {
  it('puts the sequence and gives its manifest line', async () => {
    const aws = putting()

    const line = await writeSequenceToS3('s3://acme-gt/in/v.json', SEQUENCE, { key: KEY, aws })

    expect(line).toStrictEqual({ 'source-ref': 's3://acme-gt/in/v.json' })
    expect(aws.calls).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'in/v.json',
          Body: JSON.stringify(SEQUENCE),
          ContentType: 'application/json',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY,
        },
        options: { what: 'Cannot write the sequence to s3://acme-gt/in/v.json' },
      },
    ])
  })

  it('refuses an address that is no .json file', async () => {
    const aws = putting()

    await expect(writeSequenceToS3('s3://acme-gt/in/v.txt', SEQUENCE, { aws })).rejects.toMatchObject({
      code: 'invalid-name',
    })
    expect(aws.calls).toStrictEqual([])
  })
})

function putting() {
  return awsWith({ 's3:PutObject': () => ({}) })
}
