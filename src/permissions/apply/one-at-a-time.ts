const QUEUES = new Map<string, Promise<unknown>>()

/** Does one task after another for the same name, so that two changes in one process never overwrite each other. */
export async function oneAtATime<Answer>(name: string, task: () => Promise<Answer>): Promise<Answer> {
  const before = QUEUES.get(name) ?? Promise.resolve()
  const after = before.then(task, task)
  QUEUES.set(name, after)
  try {
    return await after
  } finally {
    if (QUEUES.get(name) === after) QUEUES.delete(name)
  }
}
