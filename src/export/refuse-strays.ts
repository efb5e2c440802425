import type { Aws, CallOptions } from '../aws/aws.js'
import { isAccessDenied } from '../aws/aws-error.js'
import { countOf } from '../errors/count-of.js'
import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import { listKeys } from '../manifests/label-files/list-keys.js'
import { parseS3Uri } from '../names/s3-uri.js'
import type { OwnFiles } from './own-files.js'

/**
 * Refuses a folder that holds files of another run of the same export, which this one does not write over: of another
 * split for instance, whose parts would share objects with the parts of this one.
 *
 * @throws LabelingJobError `refused-call`
 */
export async function refuseStrays(
  own: OwnFiles | undefined,
  folder: string,
  listed: (prefix: string) => AsyncIterable<string>,
): Promise<void> {
  if (own === undefined) return
  const strays = new Set<string>()
  for await (const path of listed(own.prefix)) if (own.pattern.test(path)) strays.add(path)
  if (strays.size === 0) return
  if (own.paths !== undefined) for await (const path of own.paths()) strays.delete(path)
  if (strays.size > 0) throw refusedFolder(folder, [...strays].sort(), own)
}

/** Gives the paths of the files of a folder, of none where it is missing. */
export async function* pathsInFolder(folder: string, prefix: string): AsyncGenerator<string, void> {
  const { readdir } = await import('node:fs/promises')
  const { join, sep } = await import('node:path')
  // Most folders are small but for those that files of each image are in.
  const inside = prefix.slice(0, prefix.lastIndexOf('/') + 1)
  try {
    const names = await readdir(join(folder, inside), { recursive: inside !== '' })
    for (const name of names) yield inside + name.replaceAll(sep, '/')
  } catch (thrown) {
    const { code } = thrown as { readonly code?: string }
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown
  }
}

/** Gives the paths of the objects below an address; of none where the caller may not list them. */
export async function* pathsInS3(
  folder: string,
  prefix: string,
  aws: Aws,
  options: CallOptions,
): AsyncGenerator<string, void> {
  const { bucket, key } = parseS3Uri(folder)
  const root = `s3://${bucket}/${key}`
  try {
    for await (const uri of listKeys(root + prefix, aws, options, `Cannot write files to ${folder}`))
      yield uri.slice(root.length)
  } catch (thrown) {
    if (!isAccessDenied(thrown)) throw thrown
  }
}

function refusedFolder(
  folder: string,
  strays: readonly string[],
  { paths, because = 'after another split the parts would share objects' }: OwnFiles,
): LabelingJobError<'refused-call', RefusedCallData> {
  const [shown, more] = [strays.slice(0, NAMED), strays.length - NAMED]
  const named = shown.map(formatValue).join(', ')
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot write files to ${folder}`,
    why: `there ${strays.length === 1 ? 'is' : 'are'} ${countOf(strays.length, 'file')} of another export: ${named}${more > 0 ? ` and ${more} more` : ''}. ${
      paths === undefined
        ? 'Whether this one writes over them cannot be told, since its labels come from a generator'
        : `This one does not write over them, and ${because}`
    }`,
    fix: 'Write to an empty folder, or delete them first',
    data: { call: 'writeFiles', received: folder },
  })
}

const NAMED = 3
