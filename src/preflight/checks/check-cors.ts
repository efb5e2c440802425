import { isAwsError } from '../../aws/aws-error.js'
import type { CorsRule } from '../../aws/s3-calls.js'
import { type BrowserNeeds, browserNeeds } from '../look/job-buckets.js'
import { isNotThere, type Look, look, notSeen } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'
import { corsHelp } from './cors-help.js'

/** Looks whether the browsers of workers may load what they are shown: pages of another address need the bucket's leave. */
export async function checkCors(
  subject: Subject,
  seen: Promise<Look<SeenManifest> | undefined>,
): Promise<readonly MadeCheck[]> {
  const { found } = (await seen) ?? {}
  if (found === undefined) return []
  const needs = browserNeeds(subject, found)
  return (await Promise.all(needs.map((bucket) => corsOf(subject, bucket)))).flat()
}

async function corsOf(subject: Subject, needs: BrowserNeeds): Promise<MadeCheck | readonly MadeCheck[]> {
  const { name, about, methods } = needs
  const { found, error } = await look(
    subject,
    's3:GetBucketCors',
    { Bucket: name },
    `Cannot read the CORS rules of ${name}`,
  )
  // That it is not there is told by itself.
  if (isNotThere(error, 'NoSuchBucket')) return []
  const isWithout = isAwsError(error, 'NoSuchCORSConfiguration')
  if (error !== undefined && !isWithout)
    return notSeen('bucket-cors', `the CORS rules of ${name}`, error, about)
  const rules = found?.CORSRules ?? []
  const fault = {
    about,
    owner: 'bucket' as const,
    fix: `Let pages of every origin ${methods.join(', ')} from ${name}, and expose Access-Control-Allow-Origin`,
    help: corsHelp(name, needs, rules),
  }
  const serving = methods.map((method) => rules.filter((rule) => serves(rule, method, needs.sendsHeaders)))
  const lacking = methods.filter((_, index) => serving[index]?.length === 0)
  if (lacking.length > 0)
    return failed('bucket-cors', {
      ...fault,
      what:
        rules.length === 0
          ? `the bucket ${name} has no CORS rules`
          : `no CORS rule of the bucket ${name} allows ${lacking.join(', ')}`,
      why: 'the pages of workers load the objects from another address, and a browser then needs the bucket\'s leave: without it workers see "failed to load image"',
    })
  const origins = serving.map((of) => of.filter(({ AllowedOrigins = [] }) => AllowedOrigins.includes('*')))
  if (origins.some(({ length }) => length === 0))
    return unknown('bucket-cors', {
      ...fault,
      what: `the CORS rules of the bucket ${name} name origins: ${originsOf(rules).join(', ')}`,
      why: 'AWS names no origin of its worker pages, and gives * in every sample',
    })
  // S3 answers by the first rule that fits (S3 user guide, "How does Amazon S3 evaluate the CORS configuration on a bucket?").
  const exposing = origins.every(([first]) => first !== undefined && exposes(first))
  return exposing
    ? passed('bucket-cors', `browsers of workers may ${methods.join(', ')} from ${name}`, about)
    : warning('bucket-cors', {
        ...fault,
        what: `the CORS rules of the bucket ${name} do not expose Access-Control-Allow-Origin`,
        why: "AWS's page on CORS asks for it",
      })
}

function serves(rule: CorsRule, method: string, sendsHeaders: boolean): boolean {
  const { AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] } = rule
  const takesHeaders = !sendsHeaders || AllowedHeaders.includes('*')
  return AllowedOrigins.length > 0 && AllowedMethods.includes(method) && takesHeaders
}

function exposes({ ExposeHeaders = [] }: CorsRule): boolean {
  return ExposeHeaders.some((header) => header.toLowerCase() === 'access-control-allow-origin')
}

function originsOf(rules: readonly CorsRule[]): readonly string[] {
  return [...new Set(rules.flatMap(({ AllowedOrigins = [] }) => AllowedOrigins))]
}
