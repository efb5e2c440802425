import { AwsFault } from '../world/aws-fault.js'

/** The copy source is `bucket/key`, URL-encoded, with `?versionId=` behind it. */
export function sourceOf(source = '') {
  const [, path = '', VersionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(source) ?? []
  const slash = path.indexOf('/')
  try {
    return {
      Bucket: path.slice(0, slash),
      Key: decodeURIComponent(path.slice(slash + 1)),
      ...(VersionId !== undefined && { VersionId }),
    }
  } catch {
    throw new AwsFault(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  }
}
