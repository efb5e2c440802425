import type { Aws, CallOptions } from '../../aws/aws.js'
import { listNotWhole } from '../../aws/aws-error.js'
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
  for (;;) {
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
    if (page.IsTruncated !== true) return
    const next = page.NextContinuationToken
    if (!next || next === token)
      throw listNotWhole(
        's3:ListObjectsV2',
        what,
        next ? 'a page that leads to itself' : 'no way to the next page',
      )
    token = next
  }
}
