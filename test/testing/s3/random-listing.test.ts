import { DeleteObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'
import { runs } from '../../support/runs.js'

const SEED = 20_261_125

/** Names of few letters, so that they share folders, follow one another, and come twice. */
const names = fc
  .array(fc.constantFrom('a', 'b', '/', '😀', 'ￜ', ' ', '+'), { minLength: 1, maxLength: 5 })
  .map((letters) => letters.join(''))

/** What S3 lists, worked out from the whole list at once. */
function expected(keys: readonly string[], prefix: string, delimiter: string | undefined) {
  const inOrder = [...new Set(keys)]
    .filter((key) => key.startsWith(prefix))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
  if (delimiter === undefined) return { keys: inOrder, groups: [] }
  const groupOf = (key: string) => {
    const parts = key.slice(prefix.length).split(delimiter)
    return parts.length === 1 ? undefined : `${prefix}${parts[0]}${delimiter}`
  }
  return {
    keys: inOrder.filter((key) => groupOf(key) === undefined),
    groups: [...new Set(inOrder.map(groupOf).filter((group) => group !== undefined))],
  }
}

const bucketsOfNames = fc.record({
  keys: fc.array(names, { maxLength: 25 }),
  deleted: fc.array(names, { maxLength: 5 }),
  prefix: fc.constantFrom('', 'a', 'a/', '😀', '/'),
  delimiter: fc.constantFrom(undefined, '/', '+'),
  pageSize: fc.integer({ min: 1, max: 7 }),
  versions: fc.boolean(),
})

test('pages of any size list what is there, once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(bucketsOfNames, async ({ keys, deleted, prefix, delimiter, pageSize, versions }) => {
      const cloud = fakeAws({ pageSize })
      cloud.bucket('acme-gt', { versions })
      for (const key of keys) cloud.object(`s3://acme-gt/${key}`, '')
      for (const Key of deleted) await cloud.send(new DeleteObjectCommand({ Bucket: 'acme-gt', Key }))
      const input = { Bucket: 'acme-gt', Prefix: prefix, Delimiter: delimiter }
      const found = { keys: [] as string[], groups: [] as string[] }
      let ContinuationToken: string | undefined

      do {
        const page = await cloud.send(new ListObjectsV2Command({ ...input, ContinuationToken }))
        expect(page.KeyCount).toBeLessThanOrEqual(pageSize)
        for (const { Key } of page.Contents) found.keys.push(Key)
        for (const { Prefix } of page.CommonPrefixes ?? []) found.groups.push(Prefix)
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)

      const left = keys.filter((key) => !deleted.includes(key))
      expect(found).toEqual(expected(left, prefix, delimiter))
    }),
    { numRuns: runs(2_000), seed: SEED },
  )
})

test('pages of any size list every version once, the newest of each key first', async () => {
  await fc.assert(
    fc.asyncProperty(bucketsOfNames, async ({ keys, prefix, pageSize }) => {
      const cloud = fakeAws({ pageSize })
      cloud.bucket('acme-gt', { versions: true })
      for (const [index, key] of keys.entries()) cloud.object(`s3://acme-gt/${key}`, '.'.repeat(index))
      const found: [string, number][] = []
      let marker: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {}

      while (marker !== undefined) {
        const page: Awaited<ReturnType<typeof cloud.send>> = await cloud.send(
          new ListObjectVersionsCommand({ Bucket: 'acme-gt', Prefix: prefix, ...marker }),
        )
        for (const { Key, Size } of page.Versions ?? []) found.push([Key, Size])
        marker = page.IsTruncated
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined
      }

      const inOrder = expected(keys, prefix, undefined).keys.flatMap((key) =>
        [...keys.keys()]
          .filter((index) => keys[index] === key)
          .reverse()
          .map((index) => [key, index]),
      )
      expect(found).toEqual(inOrder)
    }),
    { numRuns: runs(1_000), seed: SEED },
  )
})
