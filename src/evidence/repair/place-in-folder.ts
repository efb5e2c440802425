import type { S3UriText } from '../../names/s3-uri.js'
import type { Folder } from '../proof/list-objects.js'

/** The address of an object. Names may hold any character: it is put together, and never parsed. */
export function uriOf(bucket: string, key: string): S3UriText {
  return `s3://${bucket}/${key}`
}

/** The key of an object, when its address lies in a folder; `undefined` when it does not. */
export function keyInFolder(uri: string, { bucket, prefix }: Folder): string | undefined {
  return uri.startsWith(uriOf(bucket, prefix)) ? uri.slice(uriOf(bucket, '').length) : undefined
}

/**
 * Says why no request can name an object safely: programs between here and S3 take `.` and `..` for directories, and would
 * change another object.
 */
export function whyUnsafe(key: string): string | undefined {
  if (key.split('/').some((part) => part === '.' || part === '..'))
    return 'a part of its name is . or .., which programs between here and S3 may take for a directory'
  // What is no Unicode cannot be sent, and is not what S3 holds.
  return /\p{Surrogate}/u.test(key) ? 'its name is no Unicode text' : undefined
}
