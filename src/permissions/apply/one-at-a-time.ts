const QUEUES = new Map<string, Promise<unknown>>()

/** Does one task after another for the same name, so that two changes in one process never overwrite each other. */
export async function oneAtATime<Answer>(name: string, task: () => Promise<Answer>): Promise<Answer> {
  const before = QUEUES.get(name) ?? Promise.resolve()
  const own = before.then(task, task)
  QUEUES.set(name, own)
  try {
    return await own
  } finally {
    if (QUEUES.get(name) === own) QUEUES.delete(name)
  }
}
