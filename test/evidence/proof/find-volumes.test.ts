import { describe, expect, test } from 'vitest'
import { proveJob } from '../../../src/evidence/index.js'
import type { Fault, InjectedCall } from '../../../src/testing/index.js'
import { evidenceWorld } from '../evidence-world.js'

const JOB = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a'
const arnOf = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:111122223333:${kind}-job/${name}`

/** A world in which a job labeled by machine; its training and transform jobs answer as given. */
async function automated(answers: Readonly<Record<string, (call: InjectedCall) => object>> = {}) {
  const world = evidenceWorld()
  await world.run('a', { auto: true, objects: 8 })
  for (const [call, instead] of Object.entries(answers))
    world.cloud.inject({ call: `sagemaker:${call}`, fault: { instead } as Fault, times: Infinity })
  return world
}

const training = (name: string, key?: string, labelingJob = JOB) => ({
  TrainingJobName: name,
  TrainingJobArn: arnOf('training', name),
  LabelingJobArn: labelingJob,
  ResourceConfig: key === undefined ? {} : { VolumeKmsKeyId: key },
})

describe('the training and transform jobs of a labeling job', () => {
  test('are looked for in the time of the job alone, past empty pages', async () => {
    const asked: Record<string, unknown>[] = []
    const { aws, cloud, volume } = await automated({
      ListTrainingJobs: ({ input }) => {
        asked.push(input as Record<string, unknown>)
        const page = { TrainingJobSummaries: [], NextToken: 'more' }
        return input['NextToken'] === undefined ? page : { TrainingJobSummaries: [{ TrainingJobName: 't' }] }
      },
      DescribeTrainingJob: () => training('t', volume),
    })

    const proof = await proveJob('a', aws)

    const { CreationTime, LastModifiedTime } = (await cloud
      .connect()
      .call('sagemaker:DescribeLabelingJob', { LabelingJobName: 'a' })) as Record<string, Date>
    const window = {
      MaxResults: 100,
      CreationTimeAfter: new Date(Number(CreationTime) - 300_000),
      CreationTimeBefore: new Date(Number(LastModifiedTime) + 3_600_000),
    }
    expect(asked).toEqual([window, { ...window, NextToken: 'more' }])
    expect(proof.volumes[0]).toEqual({ arn: arnOf('training', 't'), kind: 'training', keyArn: volume })
  })

  test('are those that name it, whatever they are called', async () => {
    const { aws, volume } = await automated({
      ListTrainingJobs: () => ({
        TrainingJobSummaries: ['x', 'y', 'z'].map((name) => ({ TrainingJobName: name })),
      }),
      DescribeTrainingJob: ({ input }) =>
        training(
          String(input['TrainingJobName']),
          volume,
          input['TrainingJobName'] === 'y' ? JOB : 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a2',
        ),
    })

    const { volumes } = await proveJob('a', aws)

    expect(volumes.filter(({ kind }) => kind === 'training').map(({ arn }) => arn)).toEqual([
      arnOf('training', 'y'),
    ])
  })

  test.each([
    ['an alias, which may have been of another key then', 'alias/gt-volume', 'volume-unreadable'],
    [
      'another key',
      'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000',
      'volume-under-another-key',
    ],
    ['no key', undefined, 'volume-without-customer-key'],
    ['a key of AWS', 'alias/aws/ebs', 'volume-without-customer-key'],
    ['a key that is gone', 'alias/gone', 'volume-unreadable'],
  ])('say under which key their volume was asked for: %s', async (_, key, code) => {
    const { aws } = await automated({
      ListTrainingJobs: () => ({ TrainingJobSummaries: [{ TrainingJobName: 't' }] }),
      DescribeTrainingJob: () => training('t', key),
    })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.findings.map((finding) => finding.code)).toEqual([code])
  })

  test('may be deleted, which takes the evidence with them', async () => {
    const { aws } = await automated({
      ListTrainingJobs: () => ({ TrainingJobSummaries: [] }),
      ListTransformJobs: () => ({ TransformJobSummaries: [] }),
    })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.volumes).toEqual([])
    expect(proof.findings.map(({ code, what }) => [code, what])).toEqual([
      [
        'evidence-may-be-deleted',
        expect.stringMatching(
          /^no training job names this labeling job, although machines labeled \d+ objects? and its output has the folder training\/$/,
        ),
      ],
      [
        'evidence-may-be-deleted',
        expect.stringMatching(/^no transform job names this labeling job, although machines labeled/),
      ],
    ])
  })

  test('one of several that was deleted is told by its model, which is still there', async () => {
    const { aws, cloud } = await automated()
    const left = 's3://gt-out/labels/a/training/iteration-2/output/gone-train-2/output/model.tar.gz'
    cloud.object(left, 'model', { key: cloud.key({ alias: 'alias/later' }).keyArn })

    const { ok, volumes, findings } = await proveJob('a', aws)

    expect(ok).toBe(false)
    expect(volumes.map(({ kind }) => kind)).toEqual(['training', 'transform'])
    expect(findings.filter(({ code }) => code === 'evidence-may-be-deleted')).toEqual([
      {
        code: 'evidence-may-be-deleted',
        severity: 'warning',
        what: `1 training job of this labeling job is not there, although its model is: ${left}`,
        why: 'a job of SageMaker that was deleted takes with it which key its volume was under',
        fix: 'Look in CloudTrail for who deleted it; a permission boundary or SCP can keep such jobs',
      },
    ])
  })

  test('one that is deleted while it is looked for is told as such, and the others are proven', async () => {
    const { aws, cloud } = await automated()
    const [job] = (await aws.call('sagemaker:ListTrainingJobs', {})).TrainingJobSummaries ?? []
    cloud.inject({
      call: 'sagemaker:ListTrainingJobs',
      fault: { instead: () => ({ TrainingJobSummaries: [job, { TrainingJobName: 'gone' }] }) } as Fault,
    })

    const { ok, volumes, unreadable, findings } = await proveJob('a', aws)

    expect(ok).toBe(false)
    expect(volumes.map(({ kind }) => kind)).toEqual(['training', 'transform'])
    expect(unreadable).toEqual([])
    expect(findings.map(({ code, what }) => [code, what])).toEqual([
      [
        'evidence-may-be-deleted',
        'the training job gone ran in the time of this labeling job, and was deleted after it had been listed',
      ],
    ])
  })

  test('that may not be listed or read are said to be unread, each reason once', async () => {
    const { aws, cloud } = await automated({
      ListTrainingJobs: () => ({
        TrainingJobSummaries: ['x', 'y'].map((name) => ({ TrainingJobName: name })),
      }),
    })
    cloud.inject({ call: 'sagemaker:DescribeTrainingJob', fault: 'access-denied', times: Infinity })
    cloud.inject({ call: 'sagemaker:ListTransformJobs', fault: 'access-denied', times: Infinity })

    const proof = await proveJob('a', aws)

    expect(proof.ok).toBe(false)
    expect(proof.unreadable).toEqual([
      {
        what: '2 training jobs, for instance the training job x',
        why: 'sagemaker:DescribeTrainingJob is not allowed for the caller',
      },
      {
        what: 'the transform jobs in the time of the labeling job',
        why: 'sagemaker:ListTransformJobs is not allowed for the caller',
      },
    ])
    // What cannot be read is not said to be deleted.
    expect(proof.findings.map(({ code }) => code)).toEqual(['volume-unreadable', 'volume-unreadable'])
  })

  test.each([
    [{}, 'no list, or a job without a name'],
    [{ TrainingJobSummaries: [{}] }, 'no list, or a job without a name'],
    [{ TrainingJobSummaries: [], NextToken: 'again' }, 'there is more, but not where it goes on'],
  ])('in a list that is not whole prove nothing: %j', async (answer, why) => {
    const { aws } = await automated({ ListTrainingJobs: () => answer })

    const { ok, unreadable } = await proveJob('a', aws)

    expect(ok).toBe(false)
    expect(unreadable[0]?.why).toContain(why)
  })

  test('are not looked for when the job labels by hand', async () => {
    const { aws, cloud, run } = evidenceWorld()
    await run('a')

    await proveJob('a', aws)

    expect(cloud.calls.names().filter((name) => /Training|Transform/.test(name))).toEqual([])
  })
})
