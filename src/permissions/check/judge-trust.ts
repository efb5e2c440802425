import { partitionOf } from '../../names/arn.js'
import { conditionsInWords } from '../decide/statement-conditions.js'
import { ABSENT, type ContextValue, oneValue, unknownValue } from '../evaluate/context-value.js'
import { globOf, matchesGlob } from '../evaluate/glob.js'
import { matchConditions } from '../evaluate/match-condition.js'
import type { RequestContext } from '../evaluate/request-context.js'
import { and, FALSE, or, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import { isRecord, parsePolicy, statementsIn, textList } from '../policy/parse-policy.js'
import type { ParsedStatement } from '../policy/parse-statement.js'

/** Whether SageMaker may assume a role for a labeling job, and under which conditions. */
export interface TrustJudgement {
  /** `as-advised`: where SageMaker says for which account it acts, as AWS advises to ask, and perhaps not otherwise. */
  readonly verdict: 'trusted' | 'as-advised' | 'unknown' | 'not-trusted'
  /** The conditions of the statements that allow it, in words, where they may not be met. */
  readonly asked: readonly string[]
  /** The statements that deny it, or may, each with its conditions in words. */
  readonly denials: readonly string[]
}

/** Judges a trust policy for the labeling jobs of an account in a region. Pure. */
export function judgeTrust(
  trustPolicy: string,
  { account, region }: { readonly account: string; readonly region: string },
): TrustJudgement {
  const { statements } = parsePolicy(trustPolicy, 'trust-policy')
  const raw = statementsIn(trustPolicy)
  if (raw?.length === 0) return { verdict: 'not-trusted', asked: [], denials: [] }
  // What cannot be parsed has its statements all the same, and they may be about SageMaker.
  if (raw === undefined || statements.length !== raw.length)
    return { verdict: 'unknown', asked: [], denials: [] }
  const about = statements
    .map((statement, index) => ({ statement, reach: reachOf(raw[index]) }))
    .filter(({ reach }) => reach !== FALSE)
  const contexts = [sourceContext(account, region), unnamedContext]
  const [advised, unnamed] = contexts.map((context) => decide(about, context)) as [Truth, Truth]
  const allows = about.filter(({ statement }) => statement.effect !== 'Deny')
  const isAllowed = contexts.every((context) => anyOf(allows, context) === TRUE)
  const denies = about.filter(({ statement }) => statement.effect === 'Deny')
  return {
    verdict: verdictOf(advised, unnamed),
    asked: isAllowed ? [] : allows.flatMap(({ statement }) => conditionsOf(statement)),
    denials: denies
      .filter((one) => contexts.some((context) => truthOf(one, context) !== FALSE))
      .map(({ statement }) => inWords(statement)),
  }
}

function inWords(statement: ParsedStatement): string {
  const under = conditionsOf(statement).join(', and ')
  return under === '' ? statement.sid : `${statement.sid} under ${under}`
}

function conditionsOf({ conditions }: ParsedStatement): readonly string[] {
  return conditions.map((one) => conditionsInWords([{ ...one, values: one.values.join(' or ') }]))
}

function verdictOf(advised: Truth, unnamed: Truth): TrustJudgement['verdict'] {
  if (advised === TRUE) return unnamed === TRUE ? 'trusted' : 'as-advised'
  return advised === FALSE && unnamed === FALSE ? 'not-trusted' : 'unknown'
}

interface AboutSageMaker {
  readonly statement: ParsedStatement
  readonly reach: Truth
}

function decide(about: readonly AboutSageMaker[], context: RequestContext): Truth {
  const allowed = anyOf(
    about.filter(({ statement }) => statement.effect !== 'Deny'),
    context,
  )
  const denied = anyOf(
    about.filter(({ statement }) => statement.effect !== 'Allow'),
    context,
  )
  if (denied === TRUE || allowed === FALSE) return FALSE
  return allowed === TRUE && denied === FALSE ? TRUE : UNKNOWN
}

function anyOf(about: readonly AboutSageMaker[], context: RequestContext): Truth {
  return about.map((one) => truthOf(one, context)).reduce(or, FALSE)
}

function truthOf({ statement, reach }: AboutSageMaker, context: RequestContext): Truth {
  return and(reach, whole(statement, matchConditions(statement, context)))
}

function whole({ effect }: ParsedStatement, truth: Truth): Truth {
  return effect === undefined ? and(truth, UNKNOWN) : truth
}

/** AWS advises to ask for these two of SageMaker, and prints no sample for labeling jobs (developer guide, "Confused deputy"). */
function sourceContext(account: string, region: string): RequestContext {
  const source: Readonly<Record<string, ContextValue>> = {
    'aws:sourceaccount': oneValue(account),
    'aws:sourcearn': {
      kind: 'prefix',
      prefix: `arn:${partitionOf(region)}:sagemaker:${region}:${account}:`,
    },
  }
  return (key) => source[key.toLowerCase()] ?? OF_ALL[key.toLowerCase()] ?? unknownValue(key.toLowerCase())
}

const unnamedContext: RequestContext = (key) =>
  /^aws:source(?:account|arn)$/i.test(key)
    ? ABSENT
    : (OF_ALL[key.toLowerCase()] ?? unknownValue(key.toLowerCase()))

/**
 * The endpoints of STS take HTTPS alone (AWS general reference, "AWS Security Token Service endpoints and quotas"). A role
 * is assumed by the service principal itself (IAM user guide, "Global condition context keys").
 */
const OF_ALL: Readonly<Record<string, ContextValue>> = {
  'aws:securetransport': /* @__PURE__ */ oneValue('true'),
  'aws:principalisawsservice': /* @__PURE__ */ oneValue('true'),
  'aws:principalservicename': /* @__PURE__ */ oneValue('sagemaker.amazonaws.com'),
}

/** Whether a statement of a trust policy is about SageMaker assuming the role, conditions left aside. */
function reachOf(statement: unknown): Truth {
  if (!isRecord(statement)) return UNKNOWN
  const { Principal: principal, Action: actions } = statement
  const patterns = textList(actions)
  // NotPrincipal, NotAction and what is not understood.
  if (principal === undefined || patterns === undefined) return UNKNOWN
  const { AWS: principals, Service: services } = isRecord(principal) ? principal : { AWS: principal }
  const isService = textList(services)?.includes('sagemaker.amazonaws.com') === true
  // Whether everybody takes in the services of AWS, IAM's text does not say.
  const isEverybody = textList(principals)?.includes('*') === true
  const isMeant = patterns.some((pattern) => matchesGlob(globOf(pattern.toLowerCase()), 'sts:assumerole'))
  if (!isMeant) return FALSE
  if (isService) return TRUE
  return isEverybody ? UNKNOWN : FALSE
}
