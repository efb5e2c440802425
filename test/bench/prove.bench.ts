import { connect } from '../../src/aws/connect.js'
import { proveJob } from '../../src/evidence/proof/prove-job.js'
import { processorTime, shortest } from './row.js'

const OBJECTS = 20_000
const PAGE = 1_000
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const HEAD = { ETag: '"0"', ContentLength: 1, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY }

/** What an AWS answers that takes no time at all. */
const ANSWERS: Readonly<Record<string, (input: { readonly ContinuationToken?: string }) => object>> = {
  HeadObjectCommand: () => HEAD,
  ListObjectsV2Command: ({ ContinuationToken = '0' }) => {
    const start = Number(ContinuationToken)
    const isLast = start + PAGE >= OBJECTS
    return {
      Contents: Array.from({ length: PAGE }, (_, index) => ({ Key: `out/a/${start + index}`, Size: 1 })),
      IsTruncated: !isLast,
      ...(!isLast && { NextContinuationToken: String(start + PAGE) }),
    }
  },
  DescribeLabelingJobCommand: () => ({
    LabelingJobName: 'a',
    LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
    LabelingJobStatus: 'Completed',
    OutputConfig: { S3OutputPath: 's3://gt/out', KmsKeyId: KEY },
  }),
  DescribeKeyCommand: () => ({
    KeyMetadata: {
      Arn: KEY,
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyManager: 'CUSTOMER',
    },
  }),
  ListAliasesCommand: () => ({ Aliases: [] }),
}

/** Measures what the proof of one object costs on this machine, AWS left out; the best of five. */
export async function benchProof() {
  const send = async (command: { readonly input: object }) =>
    (ANSWERS[command.constructor.name] as (input: object) => object)(command.input)
  const aws = connect({ region: 'us-east-1', clients: { send } })
  const { signal } = new AbortController()
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const start = processorTime()
    const { ok } = await proveJob('a', aws, { signal })
    times.push((processorTime() - start) / OBJECTS)
    if (!ok) throw new Error('The job that is measured is not proven')
  }
  return { microseconds: shortest(times) }
}
