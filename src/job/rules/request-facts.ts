import type { Json } from '../../json/json.js'
import { isObject } from '../../json/json.js'
import { type ArnParts, parseArn } from '../../names/arn.js'
import { LAMBDA_ACCOUNTS, LAMBDA_STEMS } from '../../tasks/aws-accounts.generated.js'
import { taskOfStem } from '../../tasks/task-of-lambda.js'
import { TASK_TABLE, type TaskName, type TaskRow } from '../../tasks/task-table.js'
import type { RequestDraft } from '../request/request.js'

/** A Lambda that a request names. */
export interface NamedLambda {
  readonly parts: ArnParts
  readonly name: string
  /** The side its name says: `PRE` or `ACS`. */
  readonly side: 'PRE' | 'ACS' | undefined
  /** The stem, when it is one of AWS's 23. */
  readonly stem: string | undefined
  /** Whether the account is one in which AWS keeps its Lambdas, in whatever region. */
  readonly inAwsAccount: boolean
}

/** What rules ask of a request, read once. */
export interface RequestFacts {
  readonly region: string | undefined
  readonly pre: NamedLambda | undefined
  readonly post: NamedLambda | undefined
  /** The task, told by the Lambdas; `undefined` when their names contradict or do not exist. */
  readonly task: TaskName | undefined
  readonly row: TaskRow | undefined
  readonly isStream: boolean
  readonly team: 'private' | 'vendor' | 'public' | undefined
  /** A string of the request by its path; `undefined` when it is absent, empty or no string. */
  text(path: string): string | undefined
  /** Any value of the request by its path. */
  value(path: string): Json | undefined
}

const FIELDS = new Map<string, readonly string[]>()
const AWS_ACCOUNTS: readonly string[] = /* @__PURE__ */ Object.values(LAMBDA_ACCOUNTS)

/** Reads what rules ask of a request; the region of the work team stands in for a region that is not given. */
export function readFacts(request: RequestDraft, givenRegion: string | undefined): RequestFacts {
  const value = (path: string) => valueAt(request, path)
  const text = (path: string) => {
    const found = value(path)
    return typeof found === 'string' && found !== '' ? found : undefined
  }
  const teamArn = parseArn(text('HumanTaskConfig.WorkteamArn') ?? '')
  const pre = readLambda(text('HumanTaskConfig.PreHumanTaskLambdaArn'))
  const post = readLambda(
    text('HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn'),
  )
  const task = taskOf(pre, post)
  const crowd = /^workteam\/(private|vendor|public)-crowd\/./.exec(teamArn?.resource ?? '')?.[1]
  return {
    region: givenRegion || teamArn?.region || undefined,
    pre,
    post,
    task,
    row: task && TASK_TABLE[task],
    isStream: isObject(value('InputConfig.DataSource.SnsDataSource')),
    team: crowd as RequestFacts['team'],
    text,
    value,
  }
}

function readLambda(arn: string | undefined): NamedLambda | undefined {
  const parts = parseArn(arn ?? '')
  if (parts?.service !== 'lambda') return undefined
  const name = parts.resource.replace(/^function:/, '')
  const [, side, stem] = /^(PRE|ACS)-([A-Za-z0-9]+)$/.exec(name) ?? []
  return {
    parts,
    name,
    side: side as NamedLambda['side'],
    stem: (LAMBDA_STEMS as readonly string[]).includes(stem ?? '') ? stem : undefined,
    inAwsAccount: AWS_ACCOUNTS.includes(parts.account),
  }
}

function taskOf(pre: NamedLambda | undefined, post: NamedLambda | undefined): TaskName | undefined {
  const stem = pre?.stem ?? post?.stem
  // A Lambda of one's own beside a pass-through one makes a custom task.
  if (stem === 'PassThrough' && (pre?.stem === undefined) !== (post?.stem === undefined)) return 'custom'
  if (stem !== undefined) return taskOfStem(stem)
  const isUnknownOfAws = [pre, post].some((lambda) => lambda?.inAwsAccount)
  return isUnknownOfAws ? undefined : 'custom'
}

function valueAt(request: RequestDraft, path: string): Json | undefined {
  let at: Json | undefined = request
  for (const field of fieldsOf(path)) at = isObject(at) ? at[field] : undefined
  return at ?? undefined
}

// Each job is asked for the same forty paths; splitting them took a fifth of the time that the rules take.
function fieldsOf(path: string): readonly string[] {
  const known = FIELDS.get(path) ?? path.split('.')
  FIELDS.set(path, known)
  return known
}
