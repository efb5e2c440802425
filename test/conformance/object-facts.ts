import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { proveObjects } from '../../src/evidence/proof/prove-objects.js'
import type { KmsKeyArn } from '../../src/index.js'
import { type Place, unique } from './place.js'

const NAMES = ['annotations/2019-11-27_00:42:47.json', 'a b+c', 'd%2F', 'e,"f"', 'straße/😀', 'z']

/** What S3 says of objects: their names, their versions, what they are encrypted with, and who wins a race. */
export function objectFacts(place: () => Place): void {
  test('names of any kind are listed in pages, and come back as they were', async () => {
    const { aws, bucket, s3 } = place()
    const Bucket = unique('gt-names')
    await bucket(Bucket)
    for (const Key of NAMES) await s3.send(new PutObjectCommand({ Bucket, Key: `out/${Key}`, Body: Key }))
    const found: string[] = []
    let token: string | undefined

    do {
      const input = { Bucket, Prefix: 'out/', MaxKeys: 2, EncodingType: 'url' as const }
      const page = await aws.call('s3:ListObjectsV2', {
        ...input,
        ...(token && { ContinuationToken: token }),
      })
      for (const { Key = '' } of page.Contents ?? []) {
        found.push(page.EncodingType === 'url' ? decodeURIComponent(Key.replaceAll('+', ' ')) : Key)
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (token !== undefined)

    expect(found.sort()).toEqual(NAMES.map((name) => `out/${name}`).sort())
  })

  test('HEAD says what an object is encrypted with, and names the key by its ARN', async () => {
    const { aws, bucket, key } = place()
    const Bucket = unique('gt-heads')
    await bucket(Bucket)
    const { keyId, keyArn } = await key()
    const put = (Key: string, more: object = {}) =>
      aws.call('s3:PutObject', { Bucket, Key, Body: 'x', ...more })
    await put('kms', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn })
    await put('s3', { ServerSideEncryption: 'AES256' })

    const kms = await aws.call('s3:HeadObject', { Bucket, Key: 'kms' })
    const s3 = await aws.call('s3:HeadObject', { Bucket, Key: 's3' })
    const missing = aws.call('s3:HeadObject', { Bucket, Key: 'none' })

    expect(kms).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, ContentLength: 1 })
    expect(kms.SSEKMSKeyId?.endsWith(keyId)).toBe(true)
    expect(s3).toMatchObject({ ServerSideEncryption: 'AES256' })
    expect(s3.SSEKMSKeyId).toBeUndefined()
    await expect(missing).rejects.toMatchObject({ code: 'not-found' })
  })

  test('objects are proven by what HEAD says of each, and each version of them', async () => {
    const { aws, bucket, key } = place()
    const Bucket = unique('gt-proofs')
    await bucket(Bucket, { versions: true })
    const { keyArn } = await key()
    for (const name of NAMES) await aws.call('s3:PutObject', { Bucket, Key: `out/${name}`, Body: 'x' })
    for (const name of NAMES.slice(1)) {
      const under = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn } as const
      await aws.call('s3:PutObject', { Bucket, Key: `out/${name}`, Body: 'xy', ...under })
    }
    const prove = async (versions: boolean) => {
      const keys = { expected: keyArn as KmsKeyArn }
      const { tally, notListed } = await proveObjects({ bucket: Bucket, prefix: 'out/' }, keys, [], aws, {
        versions,
      })
      expect(notListed).toBeUndefined()
      return tally
    }

    const current = await prove(false)
    const every = await prove(true)

    expect(current.counts()).toEqual([
      { standing: 'not-kms', count: 1, bytes: 1 },
      { standing: 'expected', keyArn, count: 5, bytes: 10 },
    ])
    expect(current.exceptions.map(({ uri }) => uri)).toEqual([`s3://${Bucket}/out/${NAMES[0]}`])
    expect(every.counts()).toEqual([
      { standing: 'not-kms', count: 6, bytes: 6 },
      { standing: 'expected', keyArn, count: 5, bytes: 10 },
    ])
  })

  test('an object is copied over itself under another key, with its content and type', async () => {
    const { aws, bucket, key, s3 } = place()
    const Bucket = unique('gt-copies')
    await bucket(Bucket)
    const { keyArn } = await key()
    const Key = 'out/a b+c:ü%.json'
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'content', ContentType: 'application/json' }))
    const CopySource = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/')
    const { ETag = '' } = await aws.call('s3:HeadObject', { Bucket, Key })

    await aws.call('s3:CopyObject', {
      Bucket,
      Key,
      CopySource,
      CopySourceIfMatch: ETag,
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: keyArn,
    })

    const head = await s3.send(new HeadObjectCommand({ Bucket, Key }))
    const { Body } = await aws.call('s3:GetObject', { Bucket, Key })
    expect(head).toMatchObject({ SSEKMSKeyId: keyArn, ContentType: 'application/json' })
    expect(await Body?.transformToString()).toBe('content')
  })

  test('a copy that changes nothing is refused', async () => {
    const { aws, bucket } = place()
    const Bucket = unique('gt-same')
    await bucket(Bucket)
    await aws.call('s3:PutObject', { Bucket, Key: 'x', Body: 'x' })

    const copying = aws.call('s3:CopyObject', { Bucket, Key: 'x', CopySource: `${Bucket}/x` })

    await expect(copying).rejects.toMatchObject({ data: { awsError: 'InvalidRequest' } })
  })

  test('versions are listed, the newest first; what is deleted has a marker', async () => {
    const { aws, bucket, s3 } = place()
    const Bucket = unique('gt-versions')
    await bucket(Bucket, { versions: true })
    for (const Body of ['1', '22']) await aws.call('s3:PutObject', { Bucket, Key: 'x', Body })
    await aws.call('s3:PutObject', { Bucket, Key: 'y', Body: 'y' })
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'y' }))

    const { Versions = [] } = await aws.call('s3:ListObjectVersions', { Bucket, EncodingType: 'url' })
    const { DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
    const [newest, old] = Versions
    const ofOld = await aws.call('s3:HeadObject', { Bucket, Key: 'x', VersionId: old?.VersionId ?? '' })
    const deleted = aws.call('s3:HeadObject', { Bucket, Key: 'y' })

    expect(Versions.map(({ Key, Size, IsLatest }) => [Key, Size, IsLatest])).toEqual([
      ['x', 2, true],
      ['x', 1, false],
      ['y', 1, false],
    ])
    expect(DeleteMarkers).toMatchObject([{ Key: 'y', IsLatest: true }])
    expect(newest?.VersionId).not.toBe(old?.VersionId)
    expect(ofOld).toMatchObject({ ContentLength: 1, VersionId: old?.VersionId })
    await expect(deleted).rejects.toMatchObject({ code: 'not-found' })
  })
}
