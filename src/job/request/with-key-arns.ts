import type { CreateLabelingJobRequest } from './request.js'

/** Gives a request as it is sent: its keys by their ARNs, where these are known. */
export function withKeyArns(
  request: CreateLabelingJobRequest,
  keys: { readonly output: string | undefined; readonly volume: string | undefined },
): CreateLabelingJobRequest {
  const automated = request.LabelingJobAlgorithmsConfig
  return {
    ...request,
    ...(keys.output !== undefined && { OutputConfig: { ...request.OutputConfig, KmsKeyId: keys.output } }),
    ...(keys.volume !== undefined &&
      automated && {
        LabelingJobAlgorithmsConfig: {
          ...automated,
          LabelingJobResourceConfig: { ...automated.LabelingJobResourceConfig, VolumeKmsKeyId: keys.volume },
        },
      }),
  }
}
