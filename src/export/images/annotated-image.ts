import type { LabeledObject } from '../../manifests/read/label.js'
import type { ExportSettings, Size } from '../options/export-options.js'
import type { Shape } from './shapes.js'

/** An image with what is labeled on it, whatever the task. */
export interface AnnotatedImage {
  readonly label: LabeledObject
  /** Its path in the export, unlike that of any other image. */
  readonly name: string
  /** The name of its file, when it is a frame of a sequence: the address of a frame is in no label. */
  readonly frame?: string
  /** The part of the split it is in. */
  readonly part: string | undefined
  readonly size: Size | undefined
  readonly shapes: readonly Shape[]
}

/** What an export does with shapes. */
export interface ImageSettings extends ExportSettings {
  /** The kinds of shapes it has room for; others are told and left out. */
  readonly takes: readonly Shape['kind'][]
  /** Whether each group of connected pixels of a mask is a shape, or all pixels of a class. */
  readonly regions: 'region' | 'class'
}
