import { isLabelingJobError } from '../../../src/running/error-data.js'

/** Gives the places and findings of the error that making label categories throws. */
export function brokenRules(make: () => unknown): string[] {
  try {
    make()
  } catch (error) {
    if (isLabelingJobError(error, 'label-categories-invalid'))
      return error.data.problems.map(({ path, what }) => `${path}: ${what}`)
    throw error
  }
  return []
}
