import { describe, expect, it, test } from 'vitest'
import { connect } from '../../../src/index.js'
import { fetchAnswers } from '../../../src/manifests/label-files/fetch-answers.js'
import type { WorkerAnswer } from '../../../src/manifests/label-files/read-answers.js'
import { awsWith } from '../aws-with.js'

const FOLDER = 's3://acme-gt/out/job/annotations/worker-response/'

describe('the answers below an address', () => {
  it('are read in the order of their names, page by page, sixteen files at once', async () => {
    const names = Array.from({ length: 40 }, (_, object) => `iteration-1/${object}/2026-03-04_05:06:07.json`)
    const { aws, most } = awsHolding(names)

    const answers = await all(fetchAnswers(FOLDER, aws))

    expect(answers.map(({ object, answer }) => [object, answer])).toStrictEqual(
      names.map((name, object) => [String(object), `out/job/annotations/worker-response/${name}`]),
    )
    expect(most()).toBe(16)
    expect(
      aws.calls.filter((call) => call.name === 's3:ListObjectsV2').map((call) => call.input),
    ).toStrictEqual([
      { Bucket: 'acme-gt', Prefix: 'out/job/annotations/worker-response/', EncodingType: 'url' },
      {
        Bucket: 'acme-gt',
        Prefix: 'out/job/annotations/worker-response/',
        EncodingType: 'url',
        ContinuationToken: '25',
      },
    ])
  })

  it('are those of JSON files, and tell their object where the address does', async () => {
    const { aws } = awsHolding(['iteration-1/', 'odd+name.json', 'iteration-2/4/a/f.jpeg.json', 'x.txt'])

    const answers = await all(fetchAnswers(FOLDER, aws))

    expect(answers.map((one) => [one.object, one.answer])).toStrictEqual([
      [undefined, 'out/job/annotations/worker-response/odd+name.json'],
      ['4', 'out/job/annotations/worker-response/iteration-2/4/a/f.jpeg.json'],
    ])
  })

  it('end with the first that cannot be had, in its turn', async () => {
    const { aws } = awsHolding(['iteration-1/0/a.json', 'iteration-1/1/broken.json', 'iteration-1/2/a.json'])
    const seen: WorkerAnswer[] = []

    const reading = (async () => {
      for await (const answer of fetchAnswers(FOLDER, aws)) seen.push(answer)
    })()

    await expect(reading).rejects.toThrow('no such file')
    expect(seen.map((one) => one.object)).toStrictEqual(['0'])
  })

  it('are no longer read once their signal is aborted', async () => {
    const stop = new AbortController()
    const { aws } = awsHolding(['iteration-1/0/a.json', 'iteration-1/1/a.json'])

    const reading = (async () => {
      for await (const _ of fetchAnswers(FOLDER, aws, { signal: stop.signal })) stop.abort()
    })()

    await expect(reading).rejects.toMatchObject({ code: 'aborted' })
  })
})

function awsHolding(names: readonly string[]) {
  let reading = 0
  let most = 0
  async function* body(key: string) {
    reading += 1
    most = Math.max(most, reading)
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve()
    reading -= 1
    yield new TextEncoder().encode(JSON.stringify({ answers: [{ answerContent: key }] }))
  }
  const aws = awsWith({
    's3:ListObjectsV2': ({ Prefix = '', ContinuationToken = '0' }) => {
      const from = Number(ContinuationToken)
      const keys = names
        .slice(from, from + 25)
        .map((name) => ({ Key: encodeURIComponent(`${Prefix}${name}`) }))
      const isLast = from + 25 >= names.length
      return {
        Contents: keys,
        EncodingType: 'url',
        IsTruncated: !isLast,
        ...(isLast ? {} : { NextContinuationToken: String(from + 25) }),
      }
    },
    's3:GetObject': ({ Key }) => {
      if (Key.includes('broken')) throw new Error('no such file')
      return { Body: Object.assign(body(Key), { transformToString: async () => '' }) }
    },
  })
  return { aws, most: () => most }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

test.each([
  [{ IsTruncated: true }, 'no way to the next page'],
  [{ IsTruncated: true, NextContinuationToken: 'same' }, 'a page that leads to itself'],
])('a folder that S3 lists in part is no folder without the rest: %j', async (page, why) => {
  const aws = connect({ region: 'us-east-1', clients: { send: async () => page } })
  const reading = async () => {
    for await (const answer of fetchAnswers('s3://gt/answers/', aws)) expect.unreachable(String(answer))
  }

  await expect(reading()).rejects.toThrow(`s3:ListObjectsV2 gave an answer that is not whole: ${why}.`)
})
