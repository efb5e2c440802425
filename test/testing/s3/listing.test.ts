import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

test('keys are listed by their bytes, and as in an address when that is asked for', async () => {
  const cloud = fakeAws()
  const keys = ['ￜ', '😀', 'a b+c', 'a:b/c', 'a', 'Z', '%']
  for (const key of keys) cloud.object(`s3://acme-gt/${key}`, '')

  const { Contents } = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt' }))
  const encoded = await cloud.send(
    new ListObjectsV2Command({ Bucket: 'acme-gt', Prefix: 'a', StartAfter: 'a', EncodingType: 'url' }),
  )

  const listed = Contents.map(({ Key }: { Key: string }) => Key)
  expect(listed).toEqual([...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
  expect(listed.at(-1)).toBe('😀')
  expect(encoded).toMatchObject({ EncodingType: 'url', Prefix: 'a', StartAfter: 'a' })
  expect(encoded.Contents).toMatchObject([{ Key: 'a+b%2Bc' }, { Key: 'a%3Ab/c' }])
})

test('folders are told by a delimiter, across pages', async () => {
  const cloud = fakeAws({ pageSize: 2 })
  for (const key of ['out/a/1', 'out/a/2', 'out/b', 'out/c/1', 'out/c/2', 'out/d']) {
    cloud.object(`s3://acme-gt/${key}`, key)
  }
  const names: string[] = []
  let ContinuationToken: string | undefined

  do {
    const answer = await cloud.send(
      new ListObjectsV2Command({ Bucket: 'acme-gt', Prefix: 'out/', Delimiter: '/', ContinuationToken }),
    )
    names.push(`${answer.KeyCount}`)
    for (const { Prefix } of answer.CommonPrefixes ?? []) names.push(Prefix)
    for (const { Key } of answer.Contents) names.push(Key)
    ContinuationToken = answer.NextContinuationToken
  } while (ContinuationToken !== undefined)

  expect(names).toEqual(['2', 'out/a/', 'out/b', '2', 'out/c/', 'out/d'])
})

test('a page goes on behind the last key, whatever is written in between', async () => {
  const cloud = fakeAws()
  for (const key of ['b', 'd']) cloud.object(`s3://acme-gt/${key}`, '')
  const list = (ContinuationToken?: string) =>
    cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt', MaxKeys: 1, ContinuationToken }))

  const first = await list()
  cloud.object('s3://acme-gt/a', '')
  cloud.object('s3://acme-gt/c', '')
  const second = await list(first.NextContinuationToken)
  const forged = await refusal(list('from-'))

  expect([first.Contents[0].Key, second.Contents[0].Key]).toEqual(['b', 'c'])
  expect(forged.name).toBe('InvalidArgument')
})

test('versions are listed, the newest first, in pages that may end inside a key', async () => {
  const cloud = fakeAws({ pageSize: 2 })
  cloud.bucket('acme-gt', { versions: true })
  for (const content of ['1', '22', '333']) {
    cloud.object('s3://acme-gt/a b', content)
    cloud.clock.advance(1_000)
  }
  cloud.object('s3://acme-gt/c', 'c')
  const rows: unknown[] = []
  let marker: object | undefined = {}

  while (marker !== undefined) {
    const answer: Awaited<ReturnType<typeof cloud.send>> = await cloud.send(
      new ListObjectVersionsCommand({ Bucket: 'acme-gt', ...marker }),
    )
    for (const { Key, Size, IsLatest } of answer.Versions) rows.push([Key, Size, IsLatest])
    marker = answer.IsTruncated
      ? { KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker }
      : undefined
  }
  const afterKey = await cloud.send(
    new ListObjectVersionsCommand({ Bucket: 'acme-gt', KeyMarker: 'a b', EncodingType: 'url' }),
  )
  const grouped = await cloud.send(new ListObjectVersionsCommand({ Bucket: 'acme-gt', Delimiter: ' ' }))

  expect(rows).toEqual([
    ['a b', 3, true],
    ['a b', 2, false],
    ['a b', 1, false],
    ['c', 1, true],
  ])
  expect(afterKey).toMatchObject({ EncodingType: 'url', Versions: [{ Key: 'c' }], IsTruncated: false })
  expect(grouped).toMatchObject({ CommonPrefixes: [{ Prefix: 'a ' }], Versions: [{ Key: 'c' }] })
})

test('a deleted object has a marker, and its versions stay until they are named', async () => {
  const cloud = fakeAws()
  cloud.bucket('acme-gt', { versions: true })
  cloud.object('s3://acme-gt/x', 'x')
  cloud.object('s3://acme-gt/held', 'x', { lock: { legalHold: true } })
  const at = { Bucket: 'acme-gt', Key: 'x' }
  const { VersionId: old } = await cloud.send(new HeadObjectCommand(at))
  const held = await cloud.send(new HeadObjectCommand({ ...at, Key: 'held' }))

  const { VersionId: marker, DeleteMarker } = await cloud.send(new DeleteObjectCommand(at))
  const statusOf = (more: object) =>
    cloud.send(new HeadObjectCommand({ ...at, ...more })).then(
      () => 200,
      (thrown) => thrown.$metadata.httpStatusCode,
    )
  const statuses = [
    await statusOf({}),
    await statusOf({ VersionId: marker }),
    await statusOf({ VersionId: old }),
  ]
  const listed = await cloud.send(new ListObjectVersionsCommand({ Bucket: 'acme-gt', Prefix: 'x' }))
  const current = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt' }))
  const locked = await refusal(
    cloud.send(new DeleteObjectCommand({ ...at, Key: 'held', VersionId: held.VersionId })),
  )
  await cloud.send(new DeleteObjectCommand({ ...at, VersionId: marker }))

  expect(DeleteMarker).toBe(true)
  expect(statuses).toEqual([404, 405, 200])
  expect(listed).toMatchObject({
    DeleteMarkers: [{ Key: 'x', VersionId: marker, IsLatest: true }],
    Versions: [{ Key: 'x', VersionId: old, IsLatest: false }],
  })
  expect(current.Contents).toMatchObject([{ Key: 'held' }])
  expect(locked.message).toContain('protected by object lock')
  expect(await statusOf({})).toBe(200)
  await cloud.send(new DeleteObjectCommand({ ...at, VersionId: old }))
  expect(await statusOf({})).toBe(404)
})

test('an object that is deleted where no versions are kept is gone', async () => {
  const cloud = fakeAws()
  cloud.object('s3://acme-gt/x', 'x')

  await cloud.send(new DeleteObjectCommand({ Bucket: 'acme-gt', Key: 'x' }))
  await cloud.send(new DeleteObjectCommand({ Bucket: 'acme-gt', Key: 'x' }))

  const { Contents } = await cloud.send(new ListObjectsV2Command({ Bucket: 'acme-gt' }))
  expect(Contents).toEqual([])
})
