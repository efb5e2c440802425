import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError, listNotWhole } from '../../aws/aws-error.js'
import type { AwsCalls } from '../../aws/calls.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { workThrough } from '../../aws/work-through.js'
import { askPatiently } from '../declared/ask-patiently.js'
import { hasEnded, type ProvenVolume, type Unreadable } from './proof.js'

/** A storage volume that SageMaker was asked for, with the key as the request names it. */
export interface FoundVolume extends Pick<ProvenVolume, 'arn' | 'kind'> {
  readonly given?: string
  /** Address of the model that was trained on it. */
  readonly model?: string
}

/** The volumes of a labeling job, and what stood in the way of finding more. */
export interface FoundVolumes {
  readonly volumes: readonly FoundVolume[]
  readonly unreadable: readonly Unreadable[]
  /** Training and transform jobs that were deleted after they had been listed. */
  readonly gone: readonly string[]
}

/** A training or transform job, as far as it tells of a volume. */
interface Machine {
  readonly arn: string | undefined
  readonly labelingJobArn: string | undefined
  readonly given: string | undefined
  readonly model?: string | undefined
}

interface Kind {
  readonly kind: ProvenVolume['kind']
  readonly list: 'sagemaker:ListTrainingJobs' | 'sagemaker:ListTransformJobs'
  readonly names: (page: object) => readonly (string | undefined)[] | undefined
  readonly describe: (name: string, aws: Aws, request: CallOptions) => Promise<Machine>
}

const KINDS: readonly Kind[] = [
  {
    kind: 'training',
    list: 'sagemaker:ListTrainingJobs',
    names: ({ TrainingJobSummaries }: AwsCalls['sagemaker:ListTrainingJobs']['output']) =>
      TrainingJobSummaries?.map(({ TrainingJobName }) => TrainingJobName),
    describe: async (name, aws, request) => {
      const { TrainingJobArn, LabelingJobArn, ResourceConfig, ModelArtifacts } = await aws.call(
        'sagemaker:DescribeTrainingJob',
        { TrainingJobName: name },
        request,
      )
      return {
        arn: TrainingJobArn,
        labelingJobArn: LabelingJobArn,
        given: ResourceConfig?.VolumeKmsKeyId,
        model: ModelArtifacts?.S3ModelArtifacts,
      }
    },
  },
  {
    kind: 'transform',
    list: 'sagemaker:ListTransformJobs',
    names: ({ TransformJobSummaries }: AwsCalls['sagemaker:ListTransformJobs']['output']) =>
      TransformJobSummaries?.map(({ TransformJobName }) => TransformJobName),
    describe: async (name, aws, request) => {
      const { TransformJobArn, LabelingJobArn, TransformResources } = await aws.call(
        'sagemaker:DescribeTransformJob',
        { TransformJobName: name },
        request,
      )
      return {
        arn: TransformJobArn,
        labelingJobArn: LabelingJobArn,
        given: TransformResources?.VolumeKmsKeyId,
      }
    },
  },
]

// Clocks differ, and a job of automated labeling may be listed a little after the labeling job was last changed.
const BEFORE = 5 * 60_000
const AFTER = 60 * 60_000
const TOGETHER = 4

/**
 * Finds the training and transform jobs that a labeling job started. No list names the labeling job: each that was made
 * in its time is described, and those that name it are kept. Needs `sagemaker:ListTrainingJobs`,
 * `sagemaker:DescribeTrainingJob`, `sagemaker:ListTransformJobs` and `sagemaker:DescribeTransformJob`.
 */
export async function findVolumes(
  job: LabelingJobDescription,
  aws: Aws,
  options: CallOptions,
): Promise<FoundVolumes> {
  const found = await Promise.all(KINDS.map((kind) => findOfKind(kind, job, aws, options)))
  return {
    volumes: found.flatMap(({ volumes }) => volumes),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
    gone: found.flatMap(({ gone }) => gone),
  }
}

async function findOfKind(
  { kind, list, names, describe }: Kind,
  job: LabelingJobDescription,
  aws: Aws,
  options: CallOptions,
): Promise<FoundVolumes> {
  const volumes: FoundVolume[] = []
  const unreadable: Unreadable[] = []
  const gone: string[] = []
  try {
    await workThrough(namesOf(list, names, job, aws, options), TOGETHER, async (name) => {
      try {
        const { model, given, ...machine } = await askPatiently(aws, options, (request) =>
          describe(name, aws, request),
        )
        if (!isSameArn(machine.labelingJobArn, job.LabelingJobArn)) return
        const arn = machine.arn ?? name
        volumes.push({ arn, kind, ...(given && { given }), ...(model && { model }) })
      } catch (thrown) {
        if (isAwsError(thrown) && thrown.code === 'not-found') gone.push(`the ${kind} job ${name}`)
        else unreadable.push({ what: `the ${kind} job ${name}`, why: whyOf(thrown) })
      }
    })
  } catch (thrown) {
    unreadable.push({ what: `the ${kind} jobs in the time of the labeling job`, why: whyOf(thrown) })
  }
  return { volumes: volumes.sort(byArn), unreadable: grouped(unreadable, kind), gone: gone.sort() }
}

async function* namesOf(
  list: Kind['list'],
  names: Kind['names'],
  { CreationTime, LastModifiedTime, LabelingJobStatus }: LabelingJobDescription,
  aws: Aws,
  options: CallOptions,
): AsyncGenerator<readonly string[], void> {
  const what = `Cannot list the jobs that ran while the labeling job did`
  const until = hasEnded(LabelingJobStatus) ? LastModifiedTime : undefined
  const window = {
    MaxResults: 100,
    ...(CreationTime && { CreationTimeAfter: new Date(CreationTime.getTime() - BEFORE) }),
    ...(until && { CreationTimeBefore: new Date(until.getTime() + AFTER) }),
  }
  let token: string | undefined
  do {
    const input = { ...window, ...(token !== undefined && { NextToken: token }) }
    const page: { readonly NextToken?: string } = await askPatiently(aws, options, (request) =>
      aws.call(list, input, { ...request, what }),
    )
    const found = names(page)
    if (found === undefined || !found.every(isName))
      throw listNotWhole(list, what, 'no list, or a job without a name')
    if (page.NextToken && page.NextToken === token)
      throw listNotWhole(list, what, 'there is more, but not where it goes on')
    // A page may be empty although more come after it.
    yield found
    token = page.NextToken
  } while (token)
}

function isName(name: string | undefined): name is string {
  return typeof name === 'string' && name !== ''
}

function isSameArn(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase()
}

/** An account may have thousands of such jobs, and none of them may be read. */
function grouped(unreadable: readonly Unreadable[], kind: string): readonly Unreadable[] {
  const byReason = new Map<string, { readonly first: Unreadable; count: number }>()
  for (const each of unreadable) {
    const group = byReason.get(each.why)
    if (group === undefined) byReason.set(each.why, { first: each, count: 1 })
    else group.count++
  }
  return [...byReason.values()].map(({ first, count }) =>
    count === 1 ? first : { ...first, what: `${count} ${kind} jobs, for instance ${first.what}` },
  )
}

function whyOf(thrown: unknown): string {
  if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
  // AWS's own words name the one job, so that no two reasons would be alike.
  return thrown.code === 'access-denied' ? `${thrown.data.call} is not allowed for the caller` : thrown.why
}

function byArn({ arn: one }: FoundVolume, { arn: other }: FoundVolume): number {
  return one < other ? -1 : one > other ? 1 : 0
}
