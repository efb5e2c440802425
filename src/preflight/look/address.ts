import { isS3Uri, parseS3Uri, type S3Location } from '../../names/s3-uri.js'

/** Where something lies in S3, and the address that the request gives it. */
export interface Address extends S3Location {
  readonly uri: string
}

const VIRTUAL = /^https:\/\/(.+?)\.s3[.-][^/]*amazonaws\.com[^/]*\/(.*)$/
const PATH_STYLE = /^https:\/\/s3[.-][^/]*amazonaws\.com[^/]*\/([^/]+)\/?(.*)$/

/** Reads an address in S3, `s3://` or `https://`; `undefined` for what is none. */
export function addressOf(uri: unknown): Address | undefined {
  if (typeof uri !== 'string') return undefined
  if (isS3Uri(uri)) return { uri, ...parseS3Uri(uri) }
  const [, bucket, key] = PATH_STYLE.exec(uri) ?? VIRTUAL.exec(uri) ?? []
  return bucket === undefined || key === undefined ? undefined : { uri, bucket, key: decoded(key) }
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
