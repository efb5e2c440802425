import { LABEL_KINDS, type LabelKind } from '../../manifests/read/label-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'
import { refuseExport } from './refuse-export.js'

/** The exports of labels. */
export type ExportName = 'toCoco' | 'toYolo' | 'toLabelStudio' | 'toCsv' | 'toAugmentedManifest'

/** The forms of label that each export has room for. */
const KINDS_OF: { readonly [Name in ExportName]: readonly LabelKind[] } = {
  toCoco: ['boxes', 'mask', 'sequence'],
  toYolo: ['boxes', 'sequence'],
  toLabelStudio: ['class', 'classes', 'verdict', 'boxes', 'mask', 'entities'],
  toCsv: [...new Set(Object.values(LABEL_KINDS))],
  toAugmentedManifest: [...new Set(Object.values(LABEL_KINDS))],
}

/**
 * Refuses labels of a task that an export has no room for, and says which exports have.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOtherTask(call: ExportName, task: TaskName): void {
  const kind = LABEL_KINDS[task]
  if (KINDS_OF[call].includes(kind)) return
  const others = Object.entries(KINDS_OF).filter(([, kinds]) => kinds.includes(kind))
  const names = others.map(([name]) => `${name}()`).join(', ')
  throw refuseExport(call, {
    why: `the format has no room for labels of ${task}`,
    fix:
      names === ''
        ? 'No export takes labels of this task'
        : `These take them: ${names}${call === 'toLabelStudio' && kind === 'sequence' ? LACKING : ''}`,
    received: task,
    expected: tasksOf(call).join(', '),
  })
}

const LACKING =
  '. Label Studio shows a video file, or images by their addresses, and labels of a sequence have neither'

/** The tasks whose labels an export takes. */
function tasksOf(call: ExportName): readonly TaskName[] {
  return (Object.keys(LABEL_KINDS) as TaskName[]).filter((task) => KINDS_OF[call].includes(LABEL_KINDS[task]))
}
