import type { Aws, CallOptions } from '../../aws/aws.js'
import { listNotWhole } from '../../aws/aws-error.js'
import { askPatiently } from '../declared/ask-patiently.js'

/** A folder in S3. */
export interface Folder {
  readonly bucket: string
  /** What every name in it begins with. */
  readonly prefix: string
}

/** One object, or one version of it, as S3 lists it. */
export interface ListedObject {
  readonly key: string
  readonly versionId?: string
  /** Whether a newer version, or a delete marker, lies above it. */
  readonly isNoncurrent?: true
  readonly bytes: number
}

/**
 * Lists the objects in a folder, a page at a time; with `versions` every version of them. Delete markers hold nothing and
 * are passed over. Names come back as they are: they are asked for in a form that XML can carry.
 *
 * @throws LabelingJobError the codes of AWS, and `aws-call-failed` for a page that is not whole.
 */
export function listObjects(
  folder: Folder,
  aws: Aws,
  { versions = false, ...options }: CallOptions & { readonly versions?: boolean },
): AsyncGenerator<readonly ListedObject[], void> {
  return versions ? listVersions(folder, aws, options) : listCurrent(folder, aws, options)
}

async function* listCurrent({ bucket, prefix }: Folder, aws: Aws, options: CallOptions) {
  const call = 's3:ListObjectsV2'
  const what = cannotList(bucket, prefix)
  let token: string | undefined
  for (;;) {
    const input = {
      Bucket: bucket,
      Prefix: prefix,
      EncodingType: 'url',
      ...(token !== undefined && { ContinuationToken: token }),
    } as const
    const answer = await askPatiently(aws, options, (request) => aws.call(call, input, { ...request, what }))
    const { Contents = [], IsTruncated, NextContinuationToken, EncodingType } = answer
    const name = nameReader(EncodingType, call, what)
    yield Contents.map(({ Key, Size = 0 }) => ({ key: name(Key), bytes: Size }))
    if (!IsTruncated) return
    if (!NextContinuationToken || NextContinuationToken === token)
      throw listNotWhole(call, what, 'there is more, but not where it goes on')
    token = NextContinuationToken
  }
}

async function* listVersions({ bucket, prefix }: Folder, aws: Aws, options: CallOptions) {
  const call = 's3:ListObjectVersions'
  const what = cannotList(bucket, prefix)
  let marker: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = {}
  for (;;) {
    const input = { Bucket: bucket, Prefix: prefix, EncodingType: 'url', ...marker } as const
    const answer = await askPatiently(aws, options, (request) => aws.call(call, input, { ...request, what }))
    const { Versions = [], IsTruncated, NextKeyMarker, NextVersionIdMarker, EncodingType } = answer
    const name = nameReader(EncodingType, call, what)
    yield Versions.map(({ Key, Size = 0, VersionId, IsLatest }) => ({
      key: name(Key),
      bytes: Size,
      ...(VersionId !== undefined && { versionId: VersionId }),
      ...(IsLatest === false && { isNoncurrent: true as const }),
    }))
    if (!IsTruncated) return
    const next = {
      KeyMarker: name(NextKeyMarker),
      ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }),
    }
    if (next.KeyMarker === marker.KeyMarker && next.VersionIdMarker === marker.VersionIdMarker)
      throw listNotWhole(call, what, 'there is more, but not where it goes on')
    marker = next
  }
}

function cannotList(bucket: string, prefix: string): string {
  return `Cannot list the objects under s3://${bucket}/${prefix}`
}

/** Reads names in the form that the answer says it has: a stand-in of S3 may not know the one that was asked for. */
function nameReader(
  encoding: string | undefined,
  call: 's3:ListObjectsV2' | 's3:ListObjectVersions',
  what: string,
): (name: string | undefined) => string {
  return (name) => {
    if (name === undefined || name === '') throw listNotWhole(call, what, 'an object without a name')
    if (encoding !== 'url') return name
    try {
      return decodeURIComponent(name.replaceAll('+', ' '))
    } catch {
      throw listNotWhole(call, what, `a name that is not in the form that was asked for`)
    }
  }
}
