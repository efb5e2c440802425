import type { Aws, CallOptions } from '../../aws/aws.js'
import { startAhead } from '../../aws/start-ahead.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { readBytes } from '../read/read-object.js'
import { readAnswers, type WorkerAnswer } from './read-answers.js'

/** Reads the answers of workers below an address, up to sixteen files at once, in the order of their names. */
export async function* fetchAnswers(
  folder: string,
  aws: Aws,
  options: CallOptions = {},
): AsyncGenerator<WorkerAnswer, void> {
  const what = `Cannot read the answers of workers below ${folder}`
  const keys = endOnAbort(listKeys(folder, aws, options, what), options.signal, what)
  const reading = startAhead(keys, AT_ONCE, (uri) => {
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

async function* listKeys(
  folder: string,
  aws: Aws,
  { signal }: CallOptions,
  what: string,
): AsyncGenerator<string, void> {
  const { bucket, key: prefix } = parseS3Uri(folder)
  let token: string | undefined
  do {
    const page = await aws.call(
      's3:ListObjectsV2',
      {
        Bucket: bucket,
        Prefix: prefix,
        EncodingType: 'url',
        ...(token !== undefined && { ContinuationToken: token }),
      },
      { what, ...(signal !== undefined && { signal }) },
    )
    for (const { Key: key = '' } of page.Contents ?? []) {
      const name = page.EncodingType === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key
      if (name.endsWith('.json')) yield `s3://${bucket}/${name}`
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}

/** AWS: `iteration-1/<object id>/<time>.json`. */
function objectOf(uri: string, folder: string): string | undefined {
  const [iteration, object, ...rest] = uri.slice(folder.length).split('/')
  return iteration?.startsWith('iteration-') && rest.length > 0 ? object : undefined
}
