/** A labeling job on its way. */
export interface LabelingRun {
  readonly arn: string
}
