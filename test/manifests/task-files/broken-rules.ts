import { InvalidLabelCategoriesError } from '../../../src/manifests/task-files/category-problem.js'

/** Gives the places and findings of the error that making label categories throws. */
export function brokenRules(make: () => unknown): string[] {
  try {
    make()
  } catch (error) {
    if (error instanceof InvalidLabelCategoriesError)
      return error.data.problems.map(({ path, what }) => `${path}: ${what}`)
    throw error
  }
  return []
}
