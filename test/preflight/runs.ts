import { isLabelingJobError } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import type { JOB } from './whole-world.js'

/** Creates a job and waits: whether every object got its label, and why not. */
export async function runs(
  job: typeof JOB,
  cloud: FakeAws,
): Promise<{ readonly ran: boolean; readonly why: string }> {
  try {
    const running = await job.create(cloud.connect())
    const ended = await running.completed()
    return { ran: ended.outcome === 'completed', why: String(ended) }
  } catch (thrown) {
    if (isLabelingJobError(thrown)) return { ran: false, why: thrown.message }
    throw thrown
  }
}
