import { describe, expect, it, test } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import { labelCategories } from '../../../src/manifests/task-files/label-categories.js'
import { writeLabelCategories } from '../../../src/manifests/task-files/write-label-categories.js'
import { writeWorkerTemplate } from '../../../src/manifests/task-files/write-worker-template.js'
import { writeSequence } from '../../../src/manifests/write/write-sequence.js'
import { awsPutting, KEY_ARN } from '../aws-putting.js'

const CATEGORIES = labelCategories({ labels: ['stop'] })
const PAGE = '<crowd-form>Łódź</crowd-form>'

describe('writeLabelCategories', () => {
  it('puts one object under the key and gives its address', async () => {
    const aws = awsPutting()

    const uri = await writeLabelCategories(CATEGORIES, 's3://acme-gt/ui/labels.json', aws, { key: KEY_ARN })

    expect(uri).toBe('s3://acme-gt/ui/labels.json')
    expect(aws.calls.slice(1)).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'ui/labels.json',
          Body: String(CATEGORIES),
          ContentType: 'application/json',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY_ARN,
        },
        options: { what: 'Cannot write the label categories to s3://acme-gt/ui/labels.json' },
      },
    ])
  })

  it.each([
    ['a bucket', 's3://acme-gt'],
    ['a folder', 's3://acme-gt/ui/'],
    ['no S3 address', 'https://acme-gt/ui/labels.json'],
  ])('refuses %s and sends nothing', async (_case, uri) => {
    const aws = awsPutting()

    const writing = writeLabelCategories(CATEGORIES, uri as 's3://', aws, { key: KEY_ARN })

    await expect(writing).rejects.toMatchObject({ code: 'invalid-name' })
    expect(aws.calls).toStrictEqual([])
  })
})

test.each<[string, (aws: Aws) => Promise<unknown>]>([
  ['label categories', (aws) => writeLabelCategories({ labels: ['a'] } as never, 's3://acme-gt/a.json', aws)],
  ['a page', (aws) => writeWorkerTemplate(undefined as never, 's3://acme-gt/a.html', aws)],
  ['an empty page', (aws) => writeWorkerTemplate('', 's3://acme-gt/a.html', aws)],
  ['a sequence', (aws) => writeSequence({} as never, 's3://acme-gt/a.json', aws)],
])('what is no %s is not written', async (_name, write) => {
  const aws = awsPutting()

  await expect(write(aws)).rejects.toMatchObject({ code: 'refused-call' })
  expect(aws.calls).toStrictEqual([])
})

describe('writeWorkerTemplate', () => {
  it('puts the page as HTML under what the bucket encrypts with', async () => {
    const aws = awsPutting()

    const uri = await writeWorkerTemplate(PAGE, 's3://acme-gt/ui/box.liquid.html', aws)

    expect(uri).toBe('s3://acme-gt/ui/box.liquid.html')
    expect(aws.calls).toStrictEqual([
      {
        name: 's3:PutObject',
        input: {
          Bucket: 'acme-gt',
          Key: 'ui/box.liquid.html',
          Body: PAGE,
          ContentType: 'text/html',
        },
        options: { what: 'Cannot write the worker page to s3://acme-gt/ui/box.liquid.html' },
      },
    ])
  })
})
