import { inCallOrder, type Problem } from '../../errors/problem.js'
import type { RequestDraft } from '../request/request.js'
import { checkPlaces } from './check-places.js'
import { checkShape } from './check-shape.js'
import { checkTask } from './check-task.js'
import { checkWork } from './check-work.js'
import { readFacts } from './request-facts.js'
import { reporter } from './rule-reporter.js'

/**
 * Lists every rule of CreateLabelingJob that a request breaks, in the order of the builder's calls: AWS's model field
 * by field, then what goes together. Pure, and at home with any JSON. Without a region, that of the work team counts.
 */
export function findProblems(request: RequestDraft, region: string | undefined): readonly Problem[] {
  const problems = [...checkShape(request)]
  const facts = readFacts(request, region)
  const report = reporter(problems)
  checkTask(facts, report)
  checkPlaces(facts, report)
  checkWork(facts, report)
  return inCallOrder(problems)
}
