import { endOnAbort } from '../../manifests/read/end-on-abort.js'
import { refuseNoLabel, refuseNoLabels } from '../../manifests/read/is-many.js'
import type { LabeledObject, Lines } from '../../manifests/read/label.js'
import { unlessUsedUp } from '../../manifests/read/unless-used-up.js'
import { type ExportName, refuseOtherTask } from './exports-by-kind.js'

/** How the lines of a manifest are gone through. */
export interface WhichLines {
  readonly call: ExportName
  readonly signal: AbortSignal | undefined
  skipped(lineNumber: number, why: string): void
}

/**
 * Gives the labeled objects; what has no label is told.
 *
 * @throws LabelingJobError `refused-call` for what are no labels, for a generator of labels that is used up, and for labels of
 * a task that the export does not take; `aborted` once the signal is aborted.
 */
export async function* labeledLines(
  labels: Lines,
  { call, signal, skipped }: WhichLines,
): AsyncGenerator<LabeledObject, void> {
  refuseNoLabels(call, labels)
  const what = `Cannot export with ${call}()`
  for await (const label of endOnAbort(unlessUsedUp(labels, { call, what }), signal, what)) {
    refuseNoLabel(call, label)
    refuseOtherTask(call, label.task)
    if (label.status === 'labeled') yield label
    else if (label.status === 'failed')
      skipped(label.lineNumber, `it failed: ${label.reason ?? 'no reason given'}`)
    else if (label.status === 'unlabeled') skipped(label.lineNumber, 'it has no label')
    else skipped(label.lineNumber, `it cannot be read: ${label.reason}`)
  }
}
