import { isLabelingJobError, LabelingJobError } from '../../errors/labeling-job-error.js'
import { describeProblem, type Problem, type ProblemsData } from '../../errors/problem.js'
import { isObject, type JsonObject } from '../../json/json.js'
import { keyFor } from '../../names/kms-key.js'
import { roleArn } from '../../names/role-arn.js'
import { s3Uri } from '../../names/s3-uri.js'
import { topicArn } from '../../names/topic-arn.js'
import { workteamArn } from '../../names/workteam-arn.js'
import { makeTask } from '../../tasks/make-task.js'
import type { Task } from '../../tasks/task.js'
import { isTaskName, TASK_NAMES } from '../../tasks/task-kinds.js'
import { TASK_TABLE } from '../../tasks/task-table.js'
import { missingParts } from '../complete-draft.js'
import { findDraftProblems } from '../find-draft-problems.js'
import { readPatch } from '../read-patch.js'
import type { Draft } from '../request/draft.js'
import { inConfig } from './config-path.js'
import {
  count,
  fields,
  listOf,
  type Members,
  missing,
  named,
  oneOf,
  type Report,
  text,
  texts,
  unknown,
  wrongType,
} from './config-reader.js'

const address = named(s3Uri)
const topic = named(topicArn)
const outputKeyName = named((name) => keyFor('output', name))
const volumeKeyName = named((name) => keyFor('volume', name))
const classifiers = ['FreeOfPersonallyIdentifiableInformation', 'FreeOfAdultContent'] as const

const TASK: Members = {
  name: oneOf(TASK_NAMES),
  title: text,
  description: text,
  keywords: listOf(text),
  timeLimit: count,
  labels: address,
  template: address,
  preLambda: text,
  postLambda: text,
}

const AUTO_LABELING = fields(
  {
    key: volumeKeyName,
    initialModel: text,
    vpc: fields(
      { securityGroups: listOf(text), subnets: listOf(text) },
      { needed: ['securityGroups', 'subnets'] },
    ),
  },
  { needed: [], short: 'key' },
)

const CONFIG: Members = {
  $schema: text,
  name: text,
  task: readTask,
  input: fields(
    { manifest: address, contentClassifiers: listOf(oneOf(classifiers)) },
    { needed: ['manifest'], short: 'manifest' },
  ),
  stream: fields({ topic, manifest: address }, { needed: ['topic'], short: 'topic' }),
  output: fields({ folder: address, key: outputKeyName, topic }, { needed: ['folder'], short: 'folder' }),
  role: named(roleArn),
  workers: fields(
    {
      team: named(workteamArn),
      perObject: count,
      availability: count,
      maxConcurrentTasks: count,
      price: text,
    },
    { needed: ['team'], short: 'team' },
  ),
  autoLabeling: (value, path, report) =>
    typeof value === 'boolean' ? (value ? {} : undefined) : AUTO_LABELING(value, path, report),
  labelAttribute: text,
  stopWhen: readStopWhen,
  tags: texts,
  raw: readRaw,
}

/**
 * Reads a configuration into a draft.
 *
 * @throws LabelingJobError `config-invalid` with every problem and its path: of its form, and of the job it makes.
 */
export function draftOfConfig(config: unknown): Draft {
  const problems: Problem[] = []
  const report: Report = (code, path, words) =>
    problems.push(Object.freeze({ code, severity: 'error', path, ...words, source: SCHEMA }))
  const read =
    fields(CONFIG, { needed: ['name', 'task', 'output', 'role', 'workers'] })(config, '', report) ?? {}
  if (problems.every(({ path }) => path !== '')) checkSource(config as object, report)
  const { output, raw, $schema: _, ...rest } = read
  const { folder, ...more } = (output ?? {}) as { readonly folder?: string }
  const draft = {
    ...rest,
    ...(folder !== undefined && { output: { uri: folder, ...more } }),
    ...(raw !== undefined && { patches: [raw as JsonObject] }),
  } as Draft
  const wrong = new Set(problems.map(({ path }) => path.split(/[.[]/)[0]))
  const broken = findDraftProblems(draft, missingParts(draft))
    .filter(({ severity }) => severity === 'error')
    .map((problem) => inConfig(problem, draft))
  // What could not be read is not told a second time as missing or wrong.
  const also = broken.filter(({ path }) => !wrong.has(path.split(/[.[]/)[0]))
  const all = problems.some(({ path }) => path === '') ? problems : [...problems, ...also]
  if (all.length > 0) throw configInvalid(all)
  return draft
}

const SCHEMA = 'labeling-job/config.schema.json'

function checkSource(config: object, report: Report): void {
  const [hasInput, hasStream] = ['input', 'stream'].map((name) => Object.hasOwn(config, name))
  if (!hasInput && !hasStream) missing('input', report)
  if (!hasInput || !hasStream) return
  report('config-wrong-value', 'stream', {
    what: 'it is there beside input',
    why: 'a job reads a manifest or a stream; the manifest that a stream begins with is stream.manifest',
    fix: 'Leave one of them out',
  })
}

function readTask(value: unknown, path: string, report: Report): Task | undefined {
  const read = fields(TASK, { needed: ['name', 'title', 'description'] })(value, path, report)
  const { name, ...options } = (read ?? {}) as Record<string, unknown>
  if (!isTaskName(name)) return undefined
  const { ui } = TASK_TABLE[name]
  const others = [
    ...(ui === 'template' ? [] : ['template']),
    ...(name === 'custom' ? [] : ['preLambda', 'postLambda']),
  ]
  const known = Object.keys(TASK).filter((member) => !others.includes(member))
  for (const member of others)
    if (Object.hasOwn(Object(value), member)) unknown(`${path}.${member}`, known, report)
  const given = Object.fromEntries(Object.entries(options).filter(([member]) => known.includes(member)))
  return makeTask('jobFromConfig', name, given as never)
}

const CONDITIONS = fields({ humanLabeled: count, percentLabeled: count }, { needed: [] })

function readStopWhen(value: unknown, path: string, report: Report) {
  if (isObject(value) && Object.keys(value).length === 0)
    report('config-wrong-value', path, {
      what: 'it is empty',
      why: 'without a condition the job goes on until everything is labeled',
      fix: 'Give humanLabeled or percentLabeled, or leave stopWhen out',
    })
  return CONDITIONS(value, path, report)
}

function readRaw(value: unknown, path: string, report: Report) {
  if (!isObject(value)) return wrongType(value, path, 'an object', report)
  try {
    return readPatch(value)
  } catch (thrown) {
    const why = isLabelingJobError(thrown) ? thrown.why : 'it is no plain data'
    report('config-wrong-value', path, { what: 'it cannot be merged', why, fix: 'Leave it out' })
    return undefined
  }
}

function configInvalid(problems: readonly Problem[]): LabelingJobError<'config-invalid', ProblemsData> {
  const shown = problems.slice(0, 20).map((problem) => `\n- ${describeProblem(problem)}`)
  const more = problems.length > 20 ? `\n- and ${problems.length - 20} more` : ''
  return new LabelingJobError({
    code: 'config-invalid',
    what: 'Cannot make a labeling job of the configuration',
    why: problems.length === 1 ? 'it has a problem' : `it has ${problems.length} problems`,
    fix: `${shown.join('')}${more}`,
    data: { problems: Object.freeze(problems), count: problems.length },
  })
}
