import type { CallOptions } from '../../aws/aws.js'
import { formatValue } from '../../errors/format-value.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { isObject } from '../../json/json.js'
import type { LabelCategories } from '../../manifests/task-files/label-categories-file.js'
import { type ClassList, makeClassList } from './class-list.js'
import type { ExportName } from './exports-by-kind.js'
import { refuseExport } from './refuse-export.js'
import { makeParts, type Parts, type Split } from './split.js'

/** A line that an export left out, or from which it left something out. */
export interface SkippedLine {
  readonly lineNumber: number
  readonly why: string
}

/** The width and height of an image in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** What every export of labels takes. */
export interface ExportOptions extends CallOptions {
  /** The classes in their order: their numbers in the files follow from it. `readLabelCategories()` gives them. */
  readonly classes: readonly string[] | LabelCategories
  /** The parts to divide the objects into, by a hash of their source. Default: one part. */
  readonly split?: Split
  /** Hears of everything that is not exported as it is: failed lines, images of unknown size, boxes out of the image. */
  readonly onSkipped?: (line: SkippedLine) => void
  /**
   * The size of an image whose label does not tell it, by its address; or one size for all, for instance of the frames
   * of a video. Default: it is unknown.
   */
  readonly imageSize?: Size | ((source: string) => Size | undefined)
}

/** The options of an export as it works with them. */
export interface ExportSettings {
  readonly call: ExportName
  readonly classes: ClassList
  readonly parts: Parts
  readonly signal: AbortSignal | undefined
  skipped(lineNumber: number, why: string): void
  sizeOf(source: string): Size | undefined
}

/**
 * Checks the options of an export.
 *
 * @throws LabelingJobError `refused-call`
 */
export function readExportOptions(
  call: ExportName,
  options: ExportOptions,
  more: readonly string[] = [],
): ExportSettings {
  const what = `Cannot export with ${call}()`
  refuseUnknownOptions({ call, what }, options, [
    'classes',
    'split',
    'onSkipped',
    'imageSize',
    'signal',
    ...more,
  ])
  const { classes, split, onSkipped, imageSize, signal } = options
  if (imageSize !== undefined && typeof imageSize !== 'function') refuseOddSize(call, imageSize)
  return {
    call,
    classes: makeClassList(call, classes),
    parts: makeParts(call, split),
    signal,
    skipped: (lineNumber, why) => onSkipped?.(Object.freeze({ lineNumber, why })),
    sizeOf(source) {
      if (typeof imageSize !== 'function') return imageSize
      const size = imageSize(source)
      if (size !== undefined) refuseOddSize(call, size)
      return size
    },
  }
}

function refuseOddSize(call: string, size: unknown): void {
  const { width, height } = (size ?? {}) as { readonly width?: unknown; readonly height?: unknown }
  if (isSize(size)) return
  throw refuseExport(call, {
    why:
      isObject(size) && 'width' in size && 'height' in size
        ? `an image cannot be ${formatValue(width)} by ${formatValue(height)} pixels`
        : `the size of an image is ${formatValue(size)}`,
    fix: 'Give imageSize a width and a height above 0: { width: 1920, height: 1080 }',
  })
}

/** Tells whether a value is the size of an image. */
export function isSize(size: unknown): boolean {
  const { width, height } = (size ?? {}) as { readonly width?: unknown; readonly height?: unknown }
  return isLength(width) && isLength(height)
}

function isLength(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}
