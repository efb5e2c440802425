import type { Size } from '../options/export-options.js'
import type { ImageSource } from './image-source.js'

/** What a drawing is made of beside the label. */
export interface DrawingSources {
  /** The call that draws. */
  readonly call: string
  readonly caption: string
  /** Whether something of the label is not drawn. */
  readonly isPartial: boolean
  /** The longest side of the image in the picture, and the least width of the picture. */
  readonly longest: number
  readonly narrowest: number
  readonly image: ImageSource | undefined
  readonly mask: ImageSource | undefined
  readonly size: Size | undefined
}
