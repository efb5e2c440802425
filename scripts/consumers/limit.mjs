/** Makes a gate that lets a number of tasks run at once, the others in the order they came. */
export function makeLimit(count) {
  const waiting = []
  let running = 0
  return async (task) => {
    if (running >= count) await new Promise((resolve) => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
