import type { Problem } from '../../errors/problem.js'
import type { TasksWith } from '../../tasks/task-table.js'
import { frameCategoryProblems } from './check-frame-categories.js'
import type { WorkerInstructions } from './entity-categories.js'
import { categoryFile, type LabelCategories } from './label-categories-file.js'

/** What workers draw in video frames. */
type AnnotationType = 'BoundingBox' | 'Polyline' | 'Polygon' | 'Keypoint'

/** What workers draw where point clouds are linked with images: boxes in the images, cuboids in the clouds. */
interface LinkedAnnotationType {
  readonly type: 'BoundingBox' | 'Cuboid'
}

/** What every attribute has. */
interface AttributeTexts {
  /** 1 to 16 characters. */
  readonly name: string
  /** At most 128 characters. */
  readonly description?: string
  /** Whether workers have to fill it in. Default: false. */
  readonly isRequired?: boolean
  /** Adjustment and verification: whether workers may change it. Default: `any`. */
  readonly editsAllowed?: 'any' | 'none'
}

/** An attribute that workers choose from `enum`, or without one write freely. */
interface TextAttribute extends AttributeTexts {
  readonly type: 'string'
  /** 1 to 10 choices of 1 to 16 characters. Default: workers write freely. */
  readonly enum?: readonly string[]
}

/** An attribute that is a number. */
interface NumberAttribute extends AttributeTexts {
  readonly type: 'number'
  /** The least whole number a worker may enter. */
  readonly minimum: number
  /** The greatest whole number a worker may enter. */
  readonly maximum: number
}

/** What workers say of a marked object. */
export type CategoryAttribute = TextAttribute | NumberAttribute

/** What workers say of a whole frame or point cloud; it needs a description. */
export type FrameAttribute = CategoryAttribute & { readonly description: string }

/** A label of a video frame or 3D point cloud task. */
export interface FrameLabel {
  /** 1 to 16 characters. */
  readonly label: string
  /** What workers say of objects with this label, beside `categoryGlobalAttributes`: at most 10 together. */
  readonly categoryAttributes?: readonly CategoryAttribute[]
  /** Adjustment: whether workers may change labels of this kind. Default: `any`. */
  readonly editsAllowed?: 'any' | 'none'
}

/** What the label category file of a video frame or 3D point cloud task says. */
export interface FrameCategoriesOptions {
  /** What workers mark: 1 to 30. */
  readonly labels: readonly (string | FrameLabel)[]
  /** What workers say of each frame or point cloud: at most 10, of them 5 in free text. */
  readonly frameAttributes?: readonly FrameAttribute[]
  /** What workers say of objects with any label. */
  readonly categoryGlobalAttributes?: readonly CategoryAttribute[]
  /** Short: below 255 characters, full: below 2,048. Default: none. */
  readonly instructions?: WorkerInstructions
  /**
   * Video frames: what workers draw; default: `BoundingBox`. 3D-2D object tracking needs
   * `[{ type: 'BoundingBox' }, { type: 'Cuboid' }]`. Other point cloud tasks have none.
   */
  readonly annotationType?: AnnotationType | readonly LinkedAnnotationType[]
  /** Adjustment and verification only, and needed there: the label attribute of the earlier job. */
  readonly auditLabelAttributeName?: string
  /** Verification: no label may be changed, `editsAllowed` becomes `none` on each. Default: false. */
  readonly verification?: boolean
  /** The task the file is for, for the rules of that task. Default: only the rules of every task are checked. */
  readonly task?: TasksWith<{ labelFile: 'frames' }>
  /** Gets each warning, once no rule is broken. Default: warnings are dropped. */
  readonly onWarning?: (warning: Problem) => void
}

/**
 * Makes the label category file of video frame and 3D point cloud tasks.
 *
 * Becomes `{"documentVersion": "2020-03-01", "labels": [{"label": "car"}, …], …}`: here the version is spelled in
 * another way than in the other forms.
 *
 * Source: sms-label-cat-config-attributes.html; sms-verification-data.html; sms-point-cloud-3d-2d-object-tracking.html.
 *
 * @throws LabelingJobError `label-categories-invalid` with every rule that is broken.
 *
 * @example
 * const file = frameCategories({
 *   task: 'video-frame-object-tracking',
 *   labels: ['car', { label: 'cyclist', categoryAttributes: [{ name: 'helmet', type: 'string', enum: ['yes', 'no'] }] }],
 * })
 * const labels = await writeLabelCategories(file, 's3://acme-gt/ui/tracks.json', aws)
 */
export function frameCategories(options: FrameCategoriesOptions): LabelCategories<'frames'> {
  const problems = frameCategoryProblems(options)
  return categoryFile(
    { call: 'frameCategories', form: 'frames', problems, onWarning: options?.onWarning },
    () => {
      const { task: _task, onWarning: _, verification, labels, ...rest } = options
      return {
        documentVersion: '2020-03-01',
        ...rest,
        labels: labels.map((label) => ({
          ...(typeof label === 'string' ? { label } : label),
          ...(verification === true && { editsAllowed: 'none' }),
        })),
      }
    },
  )
}
