import { describe, expect, test } from 'vitest'
import { listObjects } from '../../../src/evidence/proof/list-objects.js'
import { connect } from '../../../src/index.js'
import { fakeAws } from '../../../src/testing/index.js'

const FOLDER = { bucket: 'gt-out', prefix: 'job/' }

async function all(pages: AsyncIterable<readonly object[]>) {
  const found: (readonly object[])[] = []
  for await (const page of pages) found.push(page)
  return found
}

/** A connection to an S3 that answers as given, one answer after the other. */
function answering(...answers: readonly object[]) {
  const asked: object[] = []
  const send = async ({ input }: { readonly input: object }) => {
    asked.push(input)
    return answers[asked.length - 1] ?? {}
  }
  return { aws: connect({ region: 'us-east-1', clients: { send } }), asked }
}

describe('the objects in a folder', () => {
  const HOSTILE = ['a b+c%20.json', '2026-11-23_00:42:47.json', 'ü/日本.json', 'a\u0001\nb', '<&>"\'', '%']

  test('are listed page by page under the names that they have', async () => {
    const cloud = fakeAws({ pageSize: 2 })
    cloud.bucket('gt-out')
    const { PutObjectCommand } = await import('@aws-sdk/client-s3')
    for (const name of HOSTILE)
      await cloud.send(new PutObjectCommand({ Bucket: 'gt-out', Key: `job/${name}`, Body: 'x' }))
    cloud.object('s3://gt-out/job-2/elsewhere', 'x')

    const pages = await all(listObjects(FOLDER, cloud.connect(), {}))

    expect(pages.map((page) => page.length)).toEqual([2, 2, 2])
    expect(pages.flat()).toEqual([...HOSTILE].sort().map((name) => ({ key: `job/${name}`, bytes: 1 })))
  })

  test('are listed with every version, and no delete marker', async () => {
    const cloud = fakeAws({ pageSize: 1 })
    cloud.bucket('gt-out', { versions: true })
    cloud.object('s3://gt-out/job/a', '1')
    cloud.object('s3://gt-out/job/a', '22')
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3')
    await cloud.send(new DeleteObjectCommand({ Bucket: 'gt-out', Key: 'job/a' }))

    const current = await all(listObjects(FOLDER, cloud.connect(), {}))
    const every = await all(listObjects(FOLDER, cloud.connect(), { versions: true }))

    expect(current.flat()).toEqual([])
    expect(every.flat()).toEqual([
      { key: 'job/a', bytes: 2, versionId: expect.any(String), isNoncurrent: true },
      { key: 'job/a', bytes: 1, versionId: expect.any(String), isNoncurrent: true },
    ])
  })

  test('are asked for with names that XML can carry, and read as they come from a stand-in that does not', async () => {
    const { aws, asked } = answering({ Contents: [{ Key: 'job/a+b%41' }] })

    expect(await all(listObjects(FOLDER, aws, {}))).toEqual([[{ key: 'job/a+b%41', bytes: 0 }]])
    expect(asked).toEqual([{ Bucket: 'gt-out', Prefix: 'job/', EncodingType: 'url' }])
  })

  test.each([
    [false, { Contents: [{ Size: 1 }] }, 'an object without a name'],
    [true, { Versions: [{ VersionId: 'v' }] }, 'an object without a name'],
    [false, { EncodingType: 'url', Contents: [{ Key: '%zz' }] }, 'a name that is not in the form'],
    [false, { IsTruncated: true }, 'there is more, but not where it goes on'],
    [true, { IsTruncated: true, NextKeyMarker: '' }, 'an object without a name'],
  ])('a list that is not whole is none (versions: %s, %j)', async (versions, answer, why) => {
    const { aws } = answering(answer)

    await expect(all(listObjects(FOLDER, aws, { versions }))).rejects.toMatchObject({
      code: 'aws-call-failed',
      what: 'Cannot list the objects under s3://gt-out/job/',
      why: expect.stringContaining(why),
    })
  })

  test('a list that leads back to itself ends', async () => {
    const again = { Contents: [], IsTruncated: true, NextContinuationToken: 't' }
    const round = { Versions: [], IsTruncated: true, NextKeyMarker: 'k', NextVersionIdMarker: 'v' }

    await expect(all(listObjects(FOLDER, answering(again, again).aws, {}))).rejects.toThrow(
      'where it goes on',
    )
    await expect(all(listObjects(FOLDER, answering(round, round).aws, { versions: true }))).rejects.toThrow(
      'where it goes on',
    )
  })
})
