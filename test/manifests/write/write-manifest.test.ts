import { describe, expect, it } from 'vitest'
import { videoFrameSequence } from '../../../src/manifests/write/video-frame-sequence.js'
import { writeManifest } from '../../../src/manifests/write/write-manifest.js'
import { writeSequence } from '../../../src/manifests/write/write-sequence.js'
import { outputKey } from '../../../src/names/kms-key.js'
import { awsPutting, KEY_ARN } from '../aws-putting.js'

const URI = 's3://acme-gt/in/dataset.manifest'
const IMAGES = [{ 'source-ref': 's3://acme-gt/in/1.jpg' }, { 'source-ref': 's3://acme-gt/in/Łódź.png' }]
const SEQUENCE = videoFrameSequence({ number: 1, prefix: 's3://acme-gt/in/v/', frames: ['1.jpg'] })

describe('writeManifest', () => {
  it('puts the manifest under the key and says what it wrote', async () => {
    const aws = awsPutting()

    const written = await writeManifest(IMAGES, URI, aws, { task: 'bounding-box', key: KEY_ARN })

    const text = '{"source-ref":"s3://acme-gt/in/1.jpg"}\n{"source-ref":"s3://acme-gt/in/Łódź.png"}\n'
    const body = new TextEncoder().encode(text)
    expect(written).toStrictEqual({ uri: URI, objects: 2, bytes: body.length, warnings: [] })
    expect(aws.calls.slice(1)).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'in/dataset.manifest',
          Body: body,
          ContentType: 'application/jsonlines',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY_ARN,
        },
        options: { what: `Cannot write the manifest to ${URI}` },
      },
    ])
  })

  it('leaves encryption to the bucket without a key', async () => {
    const aws = awsPutting()

    await writeManifest(IMAGES, URI, aws, { task: 'bounding-box' })

    expect(Object.keys(aws.calls[0]?.input ?? {})).toStrictEqual(['Bucket', 'Key', 'Body', 'ContentType'])
  })

  it('writes objects that come one by one, more than its first buffer holds', async () => {
    const aws = awsPutting()
    async function* objects() {
      for (let index = 0; index < 3000; index += 1) yield { source: `${index} ${'ł'.repeat(100)}` }
    }

    const { bytes } = await writeManifest(objects(), URI, aws, { task: 'text-classification' })

    const [body] = aws.calls.map(({ input }) => (input as { Body: Uint8Array }).Body)
    const lines = new TextDecoder('utf-8', { fatal: true }).decode(body).trimEnd().split('\n')
    expect(body).toHaveLength(bytes)
    expect(lines.map((line) => Number.parseInt(JSON.parse(line).source, 10))).toStrictEqual(
      Array.from({ length: 3000 }, (_, index) => index),
    )
  })

  it('writes nothing when an object breaks a rule', async () => {
    const aws = awsPutting()
    const objects = [...IMAGES, { 'source-ref': 's3://acme-gt/in/1.gif' }]

    await expect(writeManifest(objects, URI, aws, { task: 'bounding-box' })).rejects.toMatchObject({
      code: 'manifest-invalid',
      data: { problems: [{ code: 'source-ending', line: 3 }] },
    })
    expect(aws.calls).toStrictEqual([])
  })

  it.each([
    ['a key id', '1234abcd-12ab-34cd-56ef-1234567890ab' as const],
    ['an alias', 'alias/gt-output' as const],
    ['an output key', outputKey('alias/gt-output')],
  ])('looks %s up and writes under its ARN', async (_name, key) => {
    const aws = awsPutting()

    await writeManifest(IMAGES, URI, aws, { task: 'bounding-box', key })

    expect(aws.calls.map(({ name }) => name)).toStrictEqual(['kms:DescribeKey', 's3:PutObject'])
    expect(aws.calls[0]?.input).toStrictEqual({ KeyId: String(key) })
    expect(aws.calls[1]?.input).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN })
  })

  it.each([
    ['a bucket', 's3://acme-gt', {}, 'Cannot use "s3://acme-gt" as the address of the manifest'],
    ['a folder', 's3://acme-gt/in/', {}, 'Cannot use "s3://acme-gt/in/" as the address of the manifest'],
    ['no address', 'dataset.manifest', {}, 'Cannot use "dataset.manifest" as an S3 address'],
    ['a key of AWS', URI, { key: 'alias/aws/s3' }, 'Cannot use alias/aws/s3'],
    [
      'a key that is undefined',
      URI,
      { key: undefined },
      `Cannot write the manifest to ${URI}: the option key is there, but undefined.`,
    ],
    ['an unknown option', URI, { kmsKey: KEY_ARN }, 'it has no option "kmsKey"'],
  ])('refuses %s before it reads an object', async (_name, uri, more, words) => {
    const aws = awsPutting()
    const objects = {
      [Symbol.iterator](): Iterator<{ 'source-ref': string }> {
        throw new Error('read an object')
      },
    }
    const options = { task: 'bounding-box', ...more } as { task: 'bounding-box' }

    await expect(writeManifest(objects, uri as 's3://', aws, options)).rejects.toThrow(words)
    expect(aws.calls).toStrictEqual([])
  })

  it('refuses to write without a connection', async () => {
    const writing = writeManifest(IMAGES, URI, undefined as never, { task: 'bounding-box' })

    await expect(writing).rejects.toThrow(
      'Cannot call writeManifest(): there is no connection to AWS: give the value of connect().',
    )
  })
})

describe('writeSequence', () => {
  it('puts the sequence and gives its manifest line', async () => {
    const aws = awsPutting()

    const line = await writeSequence(SEQUENCE, 's3://acme-gt/in/v.json', aws, { key: KEY_ARN })

    expect(line).toStrictEqual({ 'source-ref': 's3://acme-gt/in/v.json' })
    expect(aws.calls.slice(1)).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'in/v.json',
          Body: JSON.stringify(SEQUENCE),
          ContentType: 'application/json',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY_ARN,
        },
        options: { what: 'Cannot write the sequence to s3://acme-gt/in/v.json' },
      },
    ])
  })

  it('refuses an address that is no .json file', async () => {
    const aws = awsPutting()

    await expect(writeSequence(SEQUENCE, 's3://acme-gt/in/v.txt', aws)).rejects.toMatchObject({
      code: 'invalid-name',
    })
    expect(aws.calls).toStrictEqual([])
  })
})
