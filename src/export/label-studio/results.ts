import type { LabeledObject } from '../../manifests/read/label.js'
import type { Entity } from '../../manifests/read/label-contents.js'
import type { AnnotatedImage } from '../images/annotated-image.js'
import type { Shape } from '../images/shapes.js'
import type { ExportSettings, Size } from '../options/export-options.js'
import { fitSpans } from '../options/fit-spans.js'
import { packBrush } from '../regions/run-lengths.js'
import { type Control, controlOf, mediumOf } from './control.js'

/** One thing a label says, as Label Studio has it. */
export interface Result {
  readonly id: string
  readonly type: string
  readonly from_name: string
  readonly to_name: string
  readonly value: object
  readonly score?: number
  readonly [field: string]: unknown
}

/** Gives what is on an image; places in percent of it. */
export function resultsOfImage(
  { label, size, shapes }: AnnotatedImage & { readonly size: Size },
  classes: readonly string[],
): readonly Result[] {
  const control = controlOf(label.task)
  const image = { original_width: size.width, original_height: size.height, image_rotation: 0 }
  return shapes.map((shape, index) => ({
    ...headOf(label, control, index),
    ...image,
    value: { ...placeOf(shape, size), [control.type]: [classes[shape.place]] },
    ...scoreOf(shape.confidence),
  }))
}

function placeOf(shape: Shape, { width, height }: Size): object {
  if (shape.kind === 'region')
    return { format: 'rle', rle: packBrush(shape.region.rowRuns(), width * height) }
  if (shape.kind !== 'box') return {}
  return {
    x: (shape.left / width) * 100,
    y: (shape.top / height) * 100,
    width: (shape.width / width) * 100,
    height: (shape.height / height) * 100,
    rotation: 0,
  }
}

/**
 * Gives what a label says of its object as a whole, or of spans of its text: Label Studio counts code points as Ground
 * Truth does. Where a class has no name there is nothing to give.
 */
export function resultsOfObject(
  label: LabeledObject,
  settings: ExportSettings,
): readonly Result[] | undefined {
  const control = controlOf(label.task)
  const { lineNumber } = label
  const isKnown = (name: string | undefined): name is string => {
    if (name === undefined) settings.skipped(lineNumber, 'it has a class without a name')
    else settings.classes.placeOf(name, lineNumber)
    return name !== undefined
  }
  if ('entities' in label) {
    if (!label.entities.every(({ className }) => isKnown(className))) return undefined
    const places = fitSpans(label, (why) => settings.skipped(lineNumber, why))
    if (places === undefined) {
      settings.skipped(lineNumber, 'nothing is left of its spans: the text was left out')
      return undefined
    }
    return [...places].map((place, index) => {
      const { className, start, end, text, confidence } = label.entities[place] as Entity
      return {
        ...headOf(label, control, index),
        value: { start, end, ...(text !== undefined && { text }), [control.type]: [className] },
        ...scoreOf(confidence),
      }
    })
  }
  const names = 'classes' in label ? label.classes.map(({ className }) => className) : [classOf(label)]
  if (!names.every(isKnown)) return undefined
  if (names.length === 0) return []
  const comments = 'comments' in label ? label.comments : []
  return [
    { ...headOf(label, control, 0), value: { [control.type]: names }, ...scoreOf(label.confidence) },
    ...(comments.length === 0
      ? []
      : [
          {
            ...headOf(label, control, 1),
            type: 'textarea',
            from_name: 'comments',
            value: { text: comments },
          },
        ]),
  ]
}

function classOf(label: LabeledObject): string | undefined {
  return 'className' in label ? label.className : undefined
}

function headOf({ lineNumber, task }: LabeledObject, { type, name }: Control, index: number) {
  return { id: `${lineNumber}-${index + 1}`, type, from_name: name, to_name: mediumOf(task) }
}

/** A confidence that is not known is left out, not 0. */
function scoreOf(confidence: number | undefined): { readonly score?: number } {
  return confidence === undefined ? {} : { score: confidence }
}
