import type { Operations } from './world.js'

/** The labeling jobs of the fake. */
export const SAGEMAKER: Operations = {}
