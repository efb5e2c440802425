import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import type { Folder } from './list-objects.js'

/** The folder that a job writes to, `S3OutputPath/<name>/`; absent for a job without output. */
export function outputFolder({ OutputConfig, LabelingJobName }: LabelingJobDescription): Folder | undefined {
  const { S3OutputPath = '' } = (OutputConfig ?? {}) as { readonly S3OutputPath?: string }
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(S3OutputPath) ?? []
  if (bucket === undefined || !LabelingJobName) return undefined
  const inside = path.replace(/\/$/, '')
  return { bucket, prefix: `${inside === '' ? '' : `${inside}/`}${LabelingJobName}/` }
}

/** The name of the job's output manifest in its folder; absent when the job has none, or has it elsewhere. */
export function manifestIn(
  folder: Folder,
  { LabelingJobOutput }: LabelingJobDescription,
): string | undefined {
  const uri = LabelingJobOutput?.OutputDatasetS3Uri ?? ''
  const start = `s3://${folder.bucket}/${folder.prefix}`
  return uri.startsWith(start) && uri !== start ? uri.slice(start.length) : undefined
}
