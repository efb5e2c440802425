import { awsWith } from './aws-with.js'

/**
 * A connection to buckets with the given objects, by address, that counts how many are being read at once. `onRead` hears
 * of each before its contents come.
 */
export function awsHolding(
  objects: Readonly<Record<string, string | Uint8Array>>,
  onRead: (uri: string) => void = () => {},
) {
  let reading = 0
  let most = 0
  async function* body(bytes: Uint8Array, uri: string) {
    reading += 1
    most = Math.max(most, reading)
    onRead(uri)
    // Long enough for all that may be read beside it to begin.
    for (let turn = 0; turn < 400; turn += 1) await Promise.resolve()
    yield bytes
    reading -= 1
  }
  const aws = awsWith({
    's3:GetObject': ({ Bucket, Key }) => {
      const uri = `s3://${Bucket}/${Key}`
      const content = objects[uri]
      if (content === undefined) throw new Error(`no such object: ${uri}`)
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      const Body = Object.assign(body(bytes, uri), { transformToString: async () => '' })
      return { Body, ContentLength: bytes.length }
    },
  })
  return { aws, most: () => most }
}
