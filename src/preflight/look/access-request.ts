import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { isRoleArn } from '../../names/role-arn.js'
import type { Address } from './address.js'
import type { Subject } from './subject.js'

/** The keys of a job as AWS is told them. */
export interface JobKeyArns {
  readonly output: string | undefined
  readonly volume: string | undefined
}

/**
 * Gives the parts of a request that permissions hang on, each of its form whatever else the request may be; `undefined`
 * without a role or a place to write.
 */
export function accessRequest(subject: Subject, keys: JobKeyArns): CreateLabelingJobRequest | undefined {
  const { request, output, manifest, template, categories, isAutomated } = subject
  const role = subject.text('RoleArn')
  if (output === undefined || !isRoleArn(role)) return undefined
  const text = (path: string) => subject.text(path)
  const source = text('InputConfig.DataSource.SnsDataSource.SnsTopicArn')
  const topic = text('OutputConfig.SnsTopicArn')
  const pre = text('HumanTaskConfig.PreHumanTaskLambdaArn')
  const post = text('HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn')
  return {
    LabelingJobName: text('LabelingJobName') ?? '',
    LabelAttributeName: text('LabelAttributeName') ?? '',
    RoleArn: role,
    InputConfig: {
      DataSource: {
        ...(manifest !== undefined && { S3DataSource: { ManifestS3Uri: s3Of(manifest) } }),
        ...(source !== undefined && { SnsDataSource: { SnsTopicArn: source } }),
      },
    },
    OutputConfig: {
      S3OutputPath: s3Of(output),
      ...(keys.output !== undefined && { KmsKeyId: keys.output }),
      ...(topic !== undefined && { SnsTopicArn: topic }),
    },
    ...(categories !== undefined && { LabelCategoryConfigS3Uri: s3Of(categories) }),
    ...(isAutomated && {
      LabelingJobAlgorithmsConfig: {
        LabelingJobAlgorithmSpecificationArn: '',
        ...(keys.volume !== undefined && { LabelingJobResourceConfig: { VolumeKmsKeyId: keys.volume } }),
      },
    }),
    HumanTaskConfig: {
      ...request.HumanTaskConfig,
      WorkteamArn: text('HumanTaskConfig.WorkteamArn') ?? '',
      UiConfig: template === undefined ? {} : { UiTemplateS3Uri: s3Of(template) },
      PreHumanTaskLambdaArn: pre as string,
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: post as string },
    },
    Tags: tagsOf(request),
  }
}

/** A tag that is none is told where the rules are. */
function tagsOf({ Tags: tags }: CreateLabelingJobRequest): NonNullable<CreateLabelingJobRequest['Tags']> {
  return Array.isArray(tags)
    ? tags.filter((tag) => typeof tag?.Key === 'string' && typeof tag.Value === 'string')
    : []
}

/** An address as the rest of the library writes it. */
export function s3Of({ bucket, key }: Pick<Address, 'bucket' | 'key'>): string {
  return `s3://${bucket}${key === '' ? '' : `/${key}`}`
}
