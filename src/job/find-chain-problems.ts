import type { Problem } from '../errors/problem.js'
import { reviewsLabels } from '../tasks/task-kinds.js'
import type { TaskName } from '../tasks/task-table.js'
import { taskOfRequest } from './request/compile-request.js'
import { keysOfRequest, VOLUME_KEY_PATH } from './request/declared-keys.js'
import type { Draft } from './request/draft.js'
import type { RequestDraft } from './request/request.js'

/** Lists what is wrong with a job as the next one of a chain. */
export function findChainProblems(draft: Draft, request: RequestDraft): readonly Problem[] {
  const { chain, task } = draft
  if (chain === undefined) return []
  const name = task?.name ?? taskOfRequest(request)
  const { job, attribute, task: earlier } = chain
  const found: Problem[] = [...findKeysLeft(draft, request)]
  const report = (problem: Pick<Problem, 'code' | 'call' | 'path' | 'what' | 'why' | 'fix' | 'source'>) =>
    found.push({ severity: 'error', ...problem })

  if (String(request['LabelingJobName']).toLowerCase() === job.toLowerCase()) {
    report({
      code: 'chain-same-name',
      call: 'named',
      path: 'LabelingJobName',
      what: `it is ${JSON.stringify(request['LabelingJobName'])}, the name of the earlier job`,
      why: 'labeling jobs keep their names for ever, and upper and lower case count as the same',
      fix: 'Call .named() with a name of its own',
      source: 'CreateLabelingJob, LabelingJobName',
    })
  }
  if (name === undefined || earlier === undefined) return found
  if (reviewsLabels(name) && familyOf(name) !== familyOf(earlier)) {
    report({
      code: 'chain-other-task',
      call: 'task',
      path: 'HumanTaskConfig.PreHumanTaskLambdaArn',
      what: `it is ${name}, and the labels of ${job} are of ${earlier}`,
      why: 'an adjustment or verification reads labels of its own kind',
      fix: `Give a task that adjusts or verifies ${familyOf(earlier)}, or chain from a job whose labels are of ${familyOf(name)}`,
      source: 'developer guide, sms-verification-data',
    })
  }
  if (request['LabelAttributeName'] === attribute && (name !== earlier || reviewsLabels(name))) {
    report({
      code: 'chain-same-attribute',
      call: 'labelAttribute',
      path: 'LabelAttributeName',
      what: `it is ${JSON.stringify(attribute)}, which carries the labels of ${job}`,
      why: reviewsLabels(name)
        ? 'an adjustment or verification writes beside the earlier labels, under a name of its own'
        : 'lines that have the attribute already are not labeled, and theirs are labels of another kind',
      fix: 'Call .labelAttribute() with another name, or leave it out',
      source: 'CreateLabelingJob, LabelAttributeName; developer guide, sms-reusing-data',
    })
  }
  return found
}

/** The output and the volumes of a request that was read in stay as they are, also where the earlier job had a key. */
function findKeysLeft({ chain, output, autoLabeling }: Draft, request: RequestDraft): readonly Problem[] {
  const keys = keysOfRequest(request)
  const left = (call: string, path: string, key: unknown): readonly Problem[] => [
    {
      code: 'chain-without-key',
      severity: 'warning',
      call,
      path,
      what: `it is missing, and ${chain?.job} had ${key}`,
      why: 'the request that was read in names no key, which means a key of AWS',
      fix: `Give .${call}() a key, or { key: 'aws-managed' } if that is meant`,
      source: `CreateLabelingJob, ${path}`,
    },
  ]
  return [
    ...(chain?.outputKey && !output && !keys.output
      ? left('output', 'OutputConfig.KmsKeyId', chain.outputKey)
      : []),
    ...(chain?.volumeKey && !autoLabeling && keys.isAutomated && !keys.volume
      ? left('autoLabeling', VOLUME_KEY_PATH, chain.volumeKey)
      : []),
  ]
}

/** The task whose labels a task makes, adjusts or verifies. */
function familyOf(task: TaskName): string {
  return task.replace(/-(?:adjustment|verification)$/, '')
}
