import { formatValue } from '../../errors/format-value.js'
import type { Json } from '../../json/json.js'
import { isObject } from '../../json/json.js'
import { parseArn } from '../../names/arn.js'
import { HUMAN_TASK_UI_ACCOUNT } from '../../tasks/aws-accounts.generated.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { RequestFacts } from './request-facts.js'
import type { Report } from './rule-reporter.js'

const HUMAN = 'HumanTaskConfig'
const TEAM = 'HumanTaskConfig.WorkteamArn'
const PRICE = 'HumanTaskConfig.PublicWorkforceTaskPrice'
const VPC = 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig'
const HALF_DAY = 43_200
const EIGHT_HOURS = 28_800
const WEEK = 604_800
const MONTH = 2_592_000

// In tenths of a cent.
const DEAR = [840, 960, 1080, 1200]
const BOX = [36, 48, 60, 72, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200]
const SIMPLE = [12, 24, 36, 48, 60, 72, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200]
const PRICES: Partial<Record<TaskName, readonly number[]>> = {
  'bounding-box': BOX,
  'semantic-segmentation': DEAR,
  'image-classification': SIMPLE,
  'image-classification-multi-label': SIMPLE,
  'text-classification': SIMPLE,
  'text-classification-multi-label': SIMPLE,
  custom: SIMPLE,
  'pass-through': SIMPLE,
}

/** The rules of workers, times, prices, stopping and tags. */
export function checkWork(facts: RequestFacts, report: Report): void {
  const { text, value, team, isStream } = facts
  const arn = text(TEAM)
  if (arn !== undefined && team === undefined && arn.includes(':workteam/'))
    report('team-kind', TEAM, `it is ${formatValue(arn)}`)
  checkTimes(facts, report)
  if (team === 'public') checkPublic(facts, report)
  else if (team !== undefined && amountOf(value(PRICE)) !== undefined)
    report('price-ignored', PRICE, `the team is ${team}`)
  if (team === 'vendor' && isObject(value(VPC)))
    report('vendor-team-vpc', TEAM, 'the team is a vendor, and the job names a VPC')
  const stop = value('StoppingConditions')
  if (isStream && isObject(stop) && Object.keys(stop).length > 0) {
    report('stop-on-stream', 'StoppingConditions', 'the job reads a stream')
  }
  checkTags(value('Tags'), report)
}

function checkTimes({ row, task, team, value }: RequestFacts, report: Report): void {
  const perObject = value(`${HUMAN}.NumberOfHumanWorkersPerDataObject`)
  if (row?.workers === 'one' && typeof perObject === 'number' && perObject > 1) {
    report(
      'worker-count-one',
      `${HUMAN}.NumberOfHumanWorkersPerDataObject`,
      `it is ${perObject}, for ${task}`,
    )
  }
  const limit = value(`${HUMAN}.TaskTimeLimitInSeconds`)
  if (typeof limit === 'number') {
    const path = `${HUMAN}.TaskTimeLimitInSeconds`
    const unstated = task === 'video-classification'
    const longest = unstated ? MONTH : (row?.longest ?? MONTH)
    if (limit > longest) report('time-limit', path, `it is ${limit} s, for ${task ?? 'a task'}`)
    else if (limit > (unstated ? EIGHT_HOURS : longest === MONTH ? WEEK : longest)) {
      report('time-limit-unclear', path, `it is ${limit} s, for ${task ?? 'a task'}`)
    }
  }
  const open = value(`${HUMAN}.TaskAvailabilityLifetimeInSeconds`)
  if (typeof open === 'number' && open > (team === 'public' ? HALF_DAY : MONTH)) {
    report(
      'availability',
      `${HUMAN}.TaskAvailabilityLifetimeInSeconds`,
      `it is ${open} s, with a ${team ?? 'work'} team`,
    )
  }
  const concurrent = value(`${HUMAN}.MaxConcurrentTaskCount`)
  if (typeof concurrent === 'number' && concurrent > 1000 && concurrent <= 5000) {
    report('concurrency-needs-quota', `${HUMAN}.MaxConcurrentTaskCount`, `it is ${concurrent}`)
  }
}

function checkPublic({ row, task, text, value }: RequestFacts, report: Report): void {
  report('public-team-closed', TEAM, 'the team is the public workforce')
  const team = parseArn(text(TEAM) ?? '')
  if (team?.account !== HUMAN_TASK_UI_ACCOUNT || team.resource !== 'workteam/public-crowd/default')
    report('public-team-unknown', TEAM, `it is ${formatValue(text(TEAM))}`)
  const amount = amountOf(value(PRICE))
  const prices = task && PRICES[task]
  if (amount === undefined)
    report('price-missing', PRICE, 'the team is the public workforce, and there is no price')
  else if (prices !== undefined && !Number.isNaN(amount) && !prices.includes(amount)) {
    const listed = prices.map(dollars).join(', ')
    report('price-not-listed', PRICE, `it is ${dollars(amount)}, for ${task}`, `Give one of ${listed}`)
  }
  const classifiers = value('InputConfig.DataAttributes.ContentClassifiers')
  if (!Array.isArray(classifiers) || !classifiers.includes('FreeOfPersonallyIdentifiableInformation')) {
    report(
      'public-needs-classifier',
      'InputConfig.DataAttributes.ContentClassifiers',
      'the team is the public workforce',
    )
  }
  if (row?.workers === 'one')
    report('public-team-task', TEAM, `the team is the public workforce, for ${task}`)
  if (isObject(value(VPC))) {
    report('public-team-vpc', TEAM, 'the team is the public workforce, and the job names a VPC')
  }
}

/** A price in tenths of a cent: `undefined` when there is none, NaN when it is not a number. */
function amountOf(price: Json | undefined): number | undefined {
  const amount = isObject(price) ? price['AmountInUsd'] : undefined
  if (!isObject(amount) || Object.keys(amount).length === 0) return undefined
  const { Dollars = 0, Cents = 0, TenthFractionsOfACent = 0 } = amount
  return numberOf(Dollars) * 1000 + numberOf(Cents) * 10 + numberOf(TenthFractionsOfACent)
}

// Number() would throw on an object that shadows toString, and a JSON body may hold one.
function numberOf(value: Json): number {
  return typeof value === 'number' ? value : Number.NaN
}

function dollars(tenthsOfCents: number): string {
  return (tenthsOfCents / 1000).toFixed(3)
}

function checkTags(tags: Json | undefined, report: Report): void {
  if (!Array.isArray(tags)) return
  const seen = new Set<string>()
  tags.forEach((tag, index) => {
    const key = isObject(tag) ? tag['Key'] : undefined
    if (typeof key !== 'string') return
    const path = `Tags[${index}].Key`
    if (/^aws:/i.test(key)) report('tag-reserved', path, `it is ${formatValue(key)}`)
    if (seen.has(key)) report('tag-twice', path, `${formatValue(key)} is used twice`)
    seen.add(key)
  })
}
