import type { LabeledObject, Lines } from '../manifests/read/label.js'
import type { ExportFile, Files } from './export-file.js'
import type { ImageSettings } from './images/annotated-image.js'
import { imagesOf } from './images/annotated-images.js'
import { makeImageNames } from './images/image-names.js'
import { JsonArray } from './json-array.js'
import { controlOf, mediumOf } from './label-studio/control.js'
import { type LabelingConfig, labelingConfig } from './label-studio/labeling-config.js'
import { type Result, resultsOfImage, resultsOfObject } from './label-studio/results.js'
import { type ExportOptions, readExportOptions, type Size } from './options/export-options.js'
import { labeledLines } from './options/labeled-lines.js'
import { makeFiles } from './own-files.js'

/**
 * Makes tasks for Label Studio, `tasks.json` or one file for each part of a split, and `labeling-config.xml`, the
 * labeling config that they fit: boxes, masks as brushes, spans of text, classes and verdicts. Labels of people become
 * annotations, labels of automated labeling predictions with the name of the job as the version of the model; so do
 * labels that do not say by whom. Data are the addresses of the objects (connect the bucket to Label Studio as a
 * source storage), or the texts themselves. Boxes are cut at the edge of the image. The text of the files is held in
 * memory, and one mask.
 *
 * Masks are fetched with the connection that the labels were read with, and need the package `fast-png`.
 *
 * @throws LabelingJobError `refused-call` for odd options, a class that is not in `classes`, and labels of a task that
 * Label Studio has no tag for; `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'text-classification', attribute: 'mood' }, ['{"source": "The soup was cold"}'])
 * await writeFiles(toLabelStudio(labels, { classes: ['good', 'bad'] }), 'label-studio')
 */
export function toLabelStudio(labels: Lines, options: ExportOptions): Files {
  const settings = readExportOptions('toLabelStudio', options)
  const all: ImageSettings = { ...settings, takes: ['box', 'region'], regions: 'class' }
  return makeFiles(() => labelStudioFiles(labels, all), {
    prefix: 'tasks',
    pattern: /^tasks(?:_[\w-]+)?\.json$/,
    paths: () => settings.parts.names.map(pathOf),
  })
}

async function* labelStudioFiles(labels: Lines, settings: ImageSettings): AsyncGenerator<ExportFile, void> {
  const { classes, parts, skipped } = settings
  const tasks = new Map(parts.names.map((part) => [part, new JsonArray()]))
  let config: LabelingConfig | undefined
  for await (const label of labeledLines(labels, settings)) {
    const { task, lineNumber, source, line } = label
    const isAddress = typeof line['source'] !== 'string'
    config ??= { medium: mediumOf(task), control: controlOf(task), classes: classes.names, isAddress }
    if (
      isAddress !== config.isAddress ||
      controlOf(task) !== config.control ||
      mediumOf(task) !== config.medium
    ) {
      skipped(lineNumber, 'it does not fit the labeling config of the lines before it')
      continue
    }
    const results = await resultsOf(label, settings)
    if (results === undefined) continue
    tasks.get(parts.of(source))?.add({ data: { [config.medium]: source }, ...answerOf(label, results) })
  }
  if (config !== undefined) yield { path: 'labeling-config.xml', content: labelingConfig(config) }
  for (const [part, list] of tasks) {
    yield { path: pathOf(part), content: list.end() }
    tasks.delete(part)
  }
}

function pathOf(part: string | undefined): string {
  return part === undefined ? 'tasks.json' : `tasks_${part}.json`
}

async function resultsOf(
  label: LabeledObject,
  settings: ImageSettings,
): Promise<readonly Result[] | undefined> {
  if (!('boxes' in label || 'mask' in label)) return resultsOfObject(label, settings)
  for await (const image of imagesOf(label, settings, makeImageNames())) {
    const { size } = image
    if (size !== undefined) return resultsOfImage({ ...image, size: size as Size }, settings.classes.names)
    settings.skipped(
      label.lineNumber,
      'the size of its image is unknown, and Label Studio counts in percent of it: give imageSize',
    )
  }
  return undefined
}

/** Unknown is not "by people": what nobody may have looked at is a prediction. */
function answerOf({ humanAnnotated, jobName }: LabeledObject, results: readonly Result[]): object {
  if (humanAnnotated === true) return { annotations: [{ result: results.map(withoutScore) }] }
  const [first] = results
  const score = results.length === 1 ? first?.score : undefined
  return {
    predictions: [
      { model_version: jobName ?? 'ground-truth', ...(score !== undefined && { score }), result: results },
    ],
  }
}

function withoutScore({ score: _, ...result }: Result): object {
  return result
}
