import type { CallOptions } from '../aws/aws.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import type { Lines } from '../manifests/read/label.js'
import { GrowingBytes } from '../manifests/write/growing-bytes.js'
import { isS3Uri, parseS3Uri } from '../names/s3-uri.js'
import { manifestObject } from './augmented/manifest-object.js'
import { type ManifestReader, refuseForReader } from './augmented/manifest-reader.js'
import type { ExportFile, Files } from './export-file.js'
import type { SkippedLine } from './options/export-options.js'
import { labeledLines } from './options/labeled-lines.js'
import { refuseExport } from './options/refuse-export.js'
import { makeParts, type Split } from './options/split.js'
import { makeFiles } from './own-files.js'

/** What `toAugmentedManifest` takes. */
export interface AugmentedManifestOptions extends CallOptions {
  /**
   * Who reads it: a training job of SageMaker (`AugmentedManifestFile`), Rekognition Custom Labels, or Comprehend
   * (`AugmentedManifests`). Each wants the label under its attribute and little beside it.
   */
  readonly for: ManifestReader
  /** The parts to divide the objects into, by a hash of their source. Default: one part. */
  readonly split?: Split
  /** Hears of everything that is not exported as it is. */
  readonly onSkipped?: (line: SkippedLine) => void
}

/**
 * Makes augmented manifests, `output.manifest` or one for each part of a split, of the labeled objects alone: the readers of
 * such files stop at lines without a label. The attribute keeps its name; what else was on a line is left out.
 *
 * Numbers of classes are numbers, boxes are cut at the edge of the image. Rekognition wants images of one bucket, and boxes
 * or classes with a name, a date, an annotator and a confidence, which it does not use; several classes of an image become
 * as many attributes. Comprehend takes classes and spans of texts that stand in the manifest. What does not fit is told.
 * The text of the files is held in memory.
 *
 * Sources: augmented-manifest.html (SageMaker); cd-manifest-files-object-detection.html and
 * cd-manifest-files-classification.html (Rekognition); API_AugmentedManifestsListItem.html (Comprehend).
 *
 * @throws LabelingJobError `refused-call` for odd options, labels of a task or an attribute that the service does not take;
 * `aborted`; and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toAugmentedManifest(labels, { for: 'rekognition' }), 'rekognition')
 */
export function toAugmentedManifest(labels: Lines, options: AugmentedManifestOptions): Files {
  refuseUnknownOptions({ call: CALL, what: `Cannot export with ${CALL}()` }, options, [
    'for',
    'split',
    'onSkipped',
    'signal',
  ])
  const reader = options.for
  if (!READERS.includes(reader)) {
    throw refuseExport(CALL, {
      why: `the option for is ${String(reader)}`,
      fix: `Give one of ${READERS.join(', ')}`,
      received: String(reader),
    })
  }
  const parts = makeParts(CALL, options.split)
  return makeFiles(() => manifests(labels, options), {
    prefix: '',
    pattern: /^[\w-]+\.manifest$/,
    paths: () => parts.names.map(pathOf),
  })
}

const CALL = 'toAugmentedManifest'
const READERS: readonly ManifestReader[] = ['training', 'rekognition', 'comprehend']

async function* manifests(
  labels: Lines,
  { for: reader, split, onSkipped, signal }: AugmentedManifestOptions,
): AsyncGenerator<ExportFile, void> {
  const parts = makeParts(CALL, split)
  const texts = new Map(parts.names.map((part) => [part, new GrowingBytes()]))
  const skipped = (lineNumber: number, why: string) => onSkipped?.(Object.freeze({ lineNumber, why }))
  let bucket: string | undefined
  for await (const label of labeledLines(labels, { call: CALL, signal, skipped })) {
    refuseForReader(reader, label)
    bucket ??= bucketOf(label.source)
    if (reader === 'rekognition' && bucketOf(label.source) !== bucket) {
      skipped(
        label.lineNumber,
        `its image is not in the bucket ${bucket} of those before, and Rekognition takes one bucket`,
      )
      continue
    }
    const made = manifestObject(reader, label, (why) => skipped(label.lineNumber, why))
    if (typeof made === 'string') skipped(label.lineNumber, made)
    else texts.get(parts.of(label.source))?.append(`${JSON.stringify(made)}\n`)
  }
  for (const [part, text] of texts) {
    yield { path: pathOf(part), content: text.whole() }
    texts.delete(part)
  }
}

function pathOf(part: string | undefined): string {
  return part === undefined ? 'output.manifest' : `${part}.manifest`
}

function bucketOf(source: string): string {
  return isS3Uri(source) ? parseS3Uri(source).bucket : ''
}
