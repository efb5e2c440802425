import type { AwsService } from '../aws/aws.js'
import { IAM } from './iam/fake-iam.js'
import { STS } from './iam/fake-sts.js'
import { KMS } from './kms/fake-kms.js'
import { LAMBDA } from './lambda/fake-lambda.js'
import { S3 } from './s3/fake-s3.js'
import { SAGEMAKER } from './sagemaker/fake-sagemaker.js'
import { SNS } from './sns/fake-sns.js'
import type { Operations } from './world/world.js'

/** Every call that the fake answers, by service. */
export const SERVICES: Readonly<Record<AwsService, Operations>> = {
  sagemaker: SAGEMAKER,
  kms: KMS,
  sts: STS,
  iam: IAM,
  s3: S3,
  sns: SNS,
  lambda: LAMBDA,
}

/** Their names, for instance `kms:DescribeKey`. */
export const CALL_NAMES: readonly string[] = Object.entries(SERVICES).flatMap(([service, operations]) =>
  Object.keys(operations).map((operation) => `${service}:${operation}`),
)
