import { describe, expect, test } from 'vitest'
import type { Aws } from '../../src/aws/aws.js'
import { labelCategories } from '../../src/manifests/task-files/label-categories.js'
import { writeLabelCategories } from '../../src/manifests/task-files/write-label-categories.js'
import { InvalidNameError } from '../../src/names/name.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const categories = labelCategories({ labels: ['stop'] })

function recordingAws(): { aws: Aws; calls: unknown[][] } {
  const calls: unknown[][] = []
  const call = async (...args: unknown[]) => {
    calls.push(args)
    return {}
  }
  return { aws: { call } as unknown as Aws, calls }
}

describe('writeLabelCategories', () => {
  test('puts one object under the key and gives its address', async () => {
    const { aws, calls } = recordingAws()

    const uri = await writeLabelCategories(categories, { uri: 's3://acme-gt/ui/labels.json', key: KEY, aws })

    expect(uri).toBe('s3://acme-gt/ui/labels.json')
    expect(calls).toEqual([
      [
        's3:PutObject',
        {
          Bucket: 'acme-gt',
          Key: 'ui/labels.json',
          Body: String(categories),
          ContentType: 'application/json',
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: KEY,
        },
        { what: 'Cannot write label categories to s3://acme-gt/ui/labels.json' },
      ],
    ])
  })

  test.each([
    ['a bucket', 's3://acme-gt', KEY],
    ['a folder', 's3://acme-gt/ui/', KEY],
    ['no S3 address', 'https://acme-gt/ui/labels.json', KEY],
    ['an alias', 's3://acme-gt/ui/labels.json', 'alias/gt-output'],
    ['a key id', 's3://acme-gt/ui/labels.json', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['no key', 's3://acme-gt/ui/labels.json', ''],
  ])('refuses %s and sends nothing', async (_case, uri, key) => {
    const { aws, calls } = recordingAws()

    const writing = writeLabelCategories(categories, { uri: uri as 's3://', key, aws })

    await expect(writing).rejects.toThrow(InvalidNameError)
    expect(calls).toEqual([])
  })
})
