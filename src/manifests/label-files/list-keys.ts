import type { Aws, CallOptions } from '../../aws/aws.js'
import { parseS3Uri } from '../../names/s3-uri.js'

/** Gives the addresses of the objects that begin with an address, in the order of their names. */
export async function* listKeys(
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
      yield `s3://${bucket}/${name}`
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}
