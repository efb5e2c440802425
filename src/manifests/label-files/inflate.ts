/**
 * Gives what is compressed, piece by piece, so that who takes it can stop: a few bytes may stand for a thousand times as
 * many. Of the web, not of Node, so that a page can read masks too.
 *
 * @throws TypeError for what is not compressed so, or not whole.
 */
export async function* inflate(
  parts: readonly Uint8Array[],
  format: 'deflate' | 'gzip',
): AsyncGenerator<Uint8Array, void> {
  const stream = new Blob([...parts]).stream().pipeThrough(new DecompressionStream(format))
  const reader = stream.getReader()
  let isDone = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      isDone = done
      if (value === undefined) break
      yield value
    }
  } catch (thrown) {
    isDone = true
    throw thrown
  } finally {
    if (!isDone) await reader.cancel()
  }
}
