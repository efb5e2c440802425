import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { type Place, unique } from './place.js'

/** That manifests survive S3 under a key, and that the caller is known. */
export function storageFacts(place: () => Place): void {
  test('a manifest written under a key is read back label for label', async () => {
    const { aws, bucket, key, s3 } = place()
    const Bucket = unique('gt-manifests')
    const Key = 'out/signs/manifests/output/output.manifest'
    await bucket(Bucket)
    const { keyArn } = await key()
    const sources = Array.from({ length: 2_000 }, (_, index) => `s3://${Bucket}/in/straße-${index}.jpg`)
    const lines = sources.map((source, index) => JSON.stringify(labeled(source, index)))
    await aws.call('s3:PutObject', {
      Bucket,
      Key,
      Body: `${lines.join('\n')}\n`,
      ContentType: 'application/jsonlines',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
    })

    const labels = await everyOne(
      readLabels({ task: 'image-classification', attribute: 'kind' }, `s3://${Bucket}/${Key}`, aws),
    )

    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }))
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
    expect(labels.map(({ source, status }) => ({ source, status }))).toEqual(
      sources.map((source) => ({ source, status: 'labeled' })),
    )
  })

  test.each(['a manifest', 'a bucket'])('%s that is not there is said to be missing', async (what) => {
    const { aws, bucket } = place()
    const name = unique('gt-empty')
    if (what === 'a manifest') await bucket(name)

    const reading = everyOne(
      readLabels({ task: 'bounding-box', attribute: 'boxes' }, `s3://${name}/none.manifest`, aws),
    )

    await expect(reading).rejects.toMatchObject({ code: 'not-found' })
  })

  test('the caller is known by account and ARN', async () => {
    const { account, aws } = place()

    const { Account, Arn } = await aws.call('sts:GetCallerIdentity', {})

    expect(Account).toBe(account)
    expect(Arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${account}:user/`))
  })
}

async function everyOne<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of source) items.push(item)
  return items
}

function labeled(source: string, index: number) {
  return {
    'source-ref': source,
    kind: index % 3,
    'kind-metadata': {
      'class-name': ['stop', 'yield', 'Überholverbot'][index % 3],
      confidence: 0.94,
      type: 'groundtruth/image-classification',
      'job-name': 'labeling-job/signs',
      'human-annotated': 'yes',
      'creation-date': '2026-11-23T09:00:00.000000',
    },
  }
}
