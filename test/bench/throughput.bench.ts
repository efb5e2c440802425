import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { connect } from '../../src/aws/connect.js'
import { proveObjects } from '../../src/evidence/proof/prove-objects.js'
import { shortest } from './row.js'

const OBJECTS = 1_000
const TOGETHER = 16
const REGION = 'us-east-1'

/** Measures the proof of a thousand objects over HTTP beside a bare loop of HEADs, so many at once; the best of five. */
export async function benchThroughput() {
  const endpoint = process.env['MOTO_ENDPOINT'] as string
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const s3 = new S3Client({ region: REGION, endpoint, credentials, forcePathStyle: true })
  const Bucket = `gt-throughput-${process.pid}`
  await s3.send(new CreateBucketCommand({ Bucket }))
  const names = Array.from({ length: OBJECTS }, (_, index) => `out/a/${index}.json`)
  await together(names, (Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' })))
  const aws = connect({ region: REGION, clients: { s3 } })
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 5; round++) {
    ours.push(
      await timeOf(async () => {
        const { tally } = await proveObjects({ bucket: Bucket, prefix: 'out/a/' }, {}, [], aws, {})
        if (tally.byStanding['not-kms'] !== OBJECTS) throw new Error('Not every object was looked at')
      }),
    )
    bare.push(
      await timeOf(async () => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'out/a/' }))
        await together(Contents, ({ Key }) => s3.send(new HeadObjectCommand({ Bucket, Key })))
      }),
    )
  }
  return { ratio: shortest(bare) / shortest(ours), perSecond: Math.round((OBJECTS * 1_000) / shortest(ours)) }
}

async function together<Thing>(
  things: readonly Thing[],
  work: (thing: Thing) => Promise<unknown>,
): Promise<void> {
  const left = [...things]
  const worker = async () => {
    for (let thing = left.pop(); thing !== undefined; thing = left.pop()) await work(thing)
  }
  await Promise.all(Array.from({ length: TOGETHER }, worker))
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
