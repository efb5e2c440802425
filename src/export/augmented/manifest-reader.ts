import { formatValue } from '../../errors/format-value.js'
import type { LabeledObject } from '../../manifests/read/label.js'
import { LABEL_KINDS, type LabelKind } from '../../manifests/read/label-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'
import { refuseExport } from '../options/refuse-export.js'

/** Who reads augmented manifests: training jobs of SageMaker, Rekognition Custom Labels, Comprehend. */
export type ManifestReader = 'training' | 'rekognition' | 'comprehend'

const KINDS: { readonly [Reader in ManifestReader]: readonly LabelKind[] | undefined } = {
  // What an attribute holds is the algorithm's business.
  training: undefined,
  rekognition: ['class', 'classes', 'boxes'],
  comprehend: ['class', 'classes', 'entities'],
}

/**
 * Refuses labels that a service cannot read.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseForReader(reader: ManifestReader, { task, attribute }: LabeledObject): void {
  const isOfKind = KINDS[reader]?.includes(LABEL_KINDS[task]) ?? true
  if (!isOfKind || (reader !== 'training' && isText(task) !== (reader === 'comprehend'))) {
    throw refuseExport('toAugmentedManifest', {
      why: `${reader} does not read labels of ${task}`,
      fix: "Export with { for: 'training' }, or labels of another task",
      received: task,
    })
  }
  // Comprehend, AugmentedManifestsListItem, AttributeNames.
  if (reader !== 'comprehend') return
  if (attribute.length > 63) throw refusedAttribute(attribute, 'at most 63 characters')
  if (!/^[a-zA-Z0-9-]*$/.test(attribute) || attribute.startsWith('-') || attribute.endsWith('-'))
    throw refusedAttribute(attribute, 'letters, digits, and - between them')
}

function refusedAttribute(attribute: string, expected: string): Error {
  return refuseExport('toAugmentedManifest', {
    why: `Comprehend takes no attribute named ${formatValue(attribute)}`,
    fix: `Rename it in the manifest: it takes ${expected}`,
    received: attribute,
    expected,
  })
}

/** Video classification has neither an image nor a text. */
function isText(task: TaskName): boolean | undefined {
  if (task === 'named-entity-recognition' || task.startsWith('text-')) return true
  return task === 'video-classification' ? undefined : false
}
