import type { CallPath } from '../evaluate/question.js'

/**
 * Gives the ways a labeling job may reach KMS in a region: by itself, through S3, through SageMaker, through the
 * volumes of EC2. The service names end in `.amazonaws.com` in every partition.
 */
export function callPathsIn(region: string): readonly CallPath[] {
  return [
    { name: 'direct', context: {}, absentContextKeys: ['kms:ViaService'] },
    ...['s3', 'sagemaker', 'ec2'].map((service) => ({
      name: `via-${service}`,
      context: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
    })),
  ]
}
