import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import type { Access, DecidedAccess } from '../../../src/permissions/access/access.js'
import type { JobFacts } from '../../../src/permissions/access/job-accesses.js'
import type { AccessDecision } from '../../../src/permissions/decide/access-question.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

export const ACCOUNT = '111122223333'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/GtExec`
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-1111-4111-8111-111111111111`
export const PRE = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:pre`
export const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:labels`
export const FACTS: JobFacts = { region: 'us-east-1' }

/** What a job of boxes is created with; Lambdas are custom ones. */
export const REQUEST: CreateLabelingJobRequest = {
  LabelingJobName: 'Cats-1',
  LabelAttributeName: 'cats',
  RoleArn: ROLE,
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://data/in/cats.manifest' } } },
  OutputConfig: { S3OutputPath: 's3://labels/out/', KmsKeyId: KEY },
  LabelCategoryConfigS3Uri: 's3://data/in/labels.json',
  HumanTaskConfig: {
    WorkteamArn: `arn:aws:sagemaker:us-east-1:${ACCOUNT}:workteam/private-crowd/cats`,
    UiConfig: { UiTemplateS3Uri: 's3://data/in/page.html' },
    PreHumanTaskLambdaArn: PRE,
    AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: PRE },
    TaskTitle: 'Cats',
    TaskDescription: 'Find the cats',
    NumberOfHumanWorkersPerDataObject: 1,
    TaskTimeLimitInSeconds: 300,
  },
}

/** A policy of some statements. */
export function policy(...Statement: readonly PolicyStatement[]) {
  return { Version: '2012-10-17', Statement }
}

/** An Allow of an IAM policy. */
export function allow(
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
): PolicyStatement {
  return { Effect: 'Allow', Action, Resource }
}

const PUT: Access = {
  who: 'role',
  action: 's3:PutObject',
  resourceArn: 'arn:aws:s3:::labels/out/Cats-1/',
  goesOn: true,
  purpose: 'output',
  why: 'the job writes its labels',
}

/** The answer for an access of the role to the folder that it writes to: no Allow in the bucket policy, unless told otherwise. */
export function decidedAccess(access: Partial<Access>, decision: Partial<AccessDecision>): DecidedAccess {
  const of = { ...PUT, ...access }
  return {
    access: of,
    decision: {
      kind: 'bucket',
      action: of.action,
      roleArn: ROLE,
      resourceArn: of.resourceArn,
      verdict: 'missing',
      basis: 'static',
      paths: [],
      evidence: [],
      unknownBecause: [],
      possibleDeny: [],
      missingIn: ['resource-policy'],
      notCovered: [],
      ...decision,
    },
  }
}
