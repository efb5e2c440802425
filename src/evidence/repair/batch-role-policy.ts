/** What the role of a batch job works on. */
export interface BatchResources {
  /** ARN pattern of the job's folder. */
  readonly objects: string
  readonly manifest: string
  readonly report: string
  /** The new key first, then the old ones. */
  readonly keyArns: readonly string[]
}

/**
 * Writes what the role of S3 Batch Operations must be allowed (S3 user guide, "Granting permissions for Batch
 * Operations"), on the job's folder and the keys of the plan alone. Pure.
 */
export function batchRolePolicy({ objects, manifest, report, keyArns }: BatchResources): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ChangeEncryption',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:UpdateObjectEncryption'],
        Resource: objects,
      },
      {
        Sid: 'ReadManifest',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: manifest,
      },
      { Sid: 'WriteReport', Effect: 'Allow', Action: 's3:PutObject', Resource: report },
      {
        Sid: 'UseKeys',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
        Resource: [...new Set(keyArns)],
      },
    ],
  }
}
