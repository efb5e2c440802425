import type { Aws, CallOptions } from '../../aws/aws.js'
import { startAhead } from '../../aws/start-ahead.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { readBytes } from '../read/read-object.js'
import { listKeys } from './list-keys.js'
import { readAnswers, type WorkerAnswer } from './read-answers.js'

/** Reads the answers of workers below an address, up to sixteen files at once, in the order of their names. */
export async function* fetchAnswers(
  folder: string,
  aws: Aws,
  options: CallOptions = {},
): AsyncGenerator<WorkerAnswer, void> {
  const what = `Cannot read the answers of workers below ${folder}`
  const keys = endOnAbort(listKeys(folder, aws, options, what), options.signal, what)
  const reading = startAhead(jsonAmong(keys), AT_ONCE, (uri) => {
    const bytes = readBytes({ call: 'answers', kind: 'the answers of workers' }, uri, aws, options)
    // It is awaited in its turn; until then its failure is nobody's.
    bytes.catch(() => {})
    return { uri, bytes }
  })
  for await (const { uri, bytes } of reading) {
    const text = new TextDecoder().decode(await bytes)
    const object = objectOf(uri, folder)
    yield* readAnswers(text, object === undefined ? {} : { object })
  }
}

const AT_ONCE = 16

async function* jsonAmong(keys: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string, void> {
  for await (const uri of keys) if (uri.endsWith('.json')) yield uri
}

/** AWS: `iteration-1/<object id>/<time>.json`. */
function objectOf(uri: string, folder: string): string | undefined {
  const [iteration, object, ...rest] = uri.slice(folder.length).split('/')
  return iteration?.startsWith('iteration-') && rest.length > 0 ? object : undefined
}
