/**
 * Reads an existing CreateLabelingJob body, lists what is wrong with it, and fixes it.
 *
 *   node --import ./examples/register.mjs examples/02-check-a-request.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 02-check-a-request.mts`.
 *
 * Prints: label-attribute-needs-ref, task-keywords-pattern, 0 problems
 */
import { describeProblem, fromRequest } from 'labeling-job'

// %% A body as a program of yours may send it today: two things are wrong with it
const body = {
  LabelingJobName: 'road-surface',
  LabelAttributeName: 'surface',
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://acme-gt/in/roads.manifest' } } },
  OutputConfig: {
    S3OutputPath: 's3://acme-gt/out/',
    KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
  RoleArn: 'arn:aws:iam::111122223333:role/service-role/GtExec',
  LabelCategoryConfigS3Uri: 's3://acme-gt/ui/surfaces.json',
  HumanTaskConfig: {
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
    UiConfig: { UiTemplateS3Uri: 's3://acme-gt/ui/segment.html' },
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-SemanticSegmentation',
    TaskKeywords: ['road-surface'],
    TaskTitle: 'Paint the road surface',
    TaskDescription: 'Paint asphalt, gravel and grass',
    NumberOfHumanWorkersPerDataObject: 1,
    TaskTimeLimitInSeconds: 3600,
    AnnotationConsolidationConfig: {
      AnnotationConsolidationLambdaArn:
        'arn:aws:lambda:us-east-1:432418664414:function:ACS-SemanticSegmentation',
    },
  },
}

// %% Every broken rule at once, with what to do
for (const problem of fromRequest(body).problems('us-east-1')) {
  console.log(`${problem.severity} ${problem.code}\n  ${describeProblem(problem)}`)
}

// %% Fixed: only what is called changes
const fixed = fromRequest(body)
  .labelAttribute('surface-ref')
  .raw({ HumanTaskConfig: { TaskKeywords: ['road surface'] } })
console.log(`${fixed.problems('us-east-1').length} problems`)
console.log(fixed.toRequest({ region: 'us-east-1' }).LabelAttributeName)
