import { throwIfAborted } from '../aws/abort.js'
import type { Aws, CallOptions } from '../aws/aws.js'
import { eachAsItComes } from '../aws/each-as-it-comes.js'
import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { givenNo, refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import { endOnAbort } from '../manifests/read/end-on-abort.js'
import { isMany } from '../manifests/read/is-many.js'
import { unlessUsedUp } from '../manifests/read/unless-used-up.js'
import { preparePut, type WriteOptions } from '../manifests/write/prepare-put.js'
import { parseS3Uri, type S3Uri, type S3UriText } from '../names/s3-uri.js'
import type { ExportFile, Files } from './export-file.js'
import { foldPath } from './images/path-parts.js'
import { ownFilesOf } from './own-files.js'
import { pathsInFolder, pathsInS3, refuseStrays } from './refuse-strays.js'
import { refusedFile, refuseUnsafePath } from './safe-path.js'
import { writeToFolder } from './write-to-folder.js'

/** Files to write: what an export gives, or files of your own. */
export type FilesToWrite = Files | Iterable<ExportFile>

/**
 * Writes files to a folder, which is made where it is missing, over files of the same names; gives their paths. A file
 * that would lie outside of the folder is refused: names in a manifest are the names somebody gave to objects. So is a
 * folder with files of another run of the same export that this one does not write over, of another split for instance:
 * nothing is written then.
 *
 * @throws LabelingJobError `refused-call` for a path that leads out of the folder, also through a link in it, at
 * which there is a link, or that is there twice, for files of another split in the folder, and for a generator of files
 * that is used up; `aborted`; what making the files throws; and what Node throws when it cannot write.
 * @example
 * await writeFiles([{ path: 'train/1.txt', content: '0 0.5 0.5 0.1 0.1' }], 'yolo')
 */
export function writeFiles<Folder extends string>(
  files: FilesToWrite,
  folder: Folder extends S3UriText ? never : Folder,
  aws?: undefined,
  options?: CallOptions,
): Promise<readonly string[]>
/**
 * Writes files below an address of S3, up to eight at once, under your key, over objects of the same names; gives their
 * addresses. Files of another split that are there already are refused as in a folder, where the caller may list them.
 *
 * IAM actions of the caller: `s3:PutObject` on the objects, with a key `kms:DescribeKey` and `kms:GenerateDataKey` on
 * it, and if it is granted `s3:ListBucket` on the bucket.
 *
 * @throws LabelingJobError `refused-call` for a path that leads out of the folder or is there twice, and for files of
 * another split; `invalid-name`;
 * `key-…` for a key that cannot encrypt the files; `access-denied` and the other codes of AWS; `aborted`; and what
 * making the files throws. What is written by then stays.
 */
export function writeFiles(
  files: FilesToWrite,
  folder: S3UriText,
  aws: Aws,
  options?: WriteOptions,
): Promise<readonly S3Uri[]>
export async function writeFiles(
  files: FilesToWrite,
  folder: string,
  aws?: Aws,
  options: WriteOptions = {},
): Promise<readonly string[]> {
  if (!isMany(files)) throw givenNo(CALL, `files: ${FILES_FIX}`, files)
  if (typeof folder !== 'string' || folder === '') throw givenNo(CALL, 'folder', folder)
  const what = `Cannot write files to ${folder}`
  const checked = endOnAbort(checkedFiles(files, folder), options.signal, what)
  if (folder.startsWith('s3://')) {
    refuseNoConnection(CALL, aws)
    const root = folder.endsWith('/') || parseS3Uri(folder).key === '' ? folder : `${folder}/`
    await refuseStrays(ownFilesOf(files), folder, (prefix) =>
      pathsInS3(root, prefix, aws as Aws, callOptions(options)),
    )
    return writeToS3(checked, folder, aws as Aws, options)
  }
  if (/^(?:[a-z][a-z\d+.-]+:\/\/|s3:|arn:)/i.test(folder))
    throw refusedCall(
      CALL,
      `${formatValue(folder)} is no folder: give its path, or an address in S3, s3://bucket/folder`,
    )
  if ('key' in options)
    throw refusedCall(CALL, 'files of a folder are under no key: leave the option key out')
  refuseUnknownOptions({ call: CALL, what }, options, ['signal'])
  await refuseStrays(ownFilesOf(files), folder, (prefix) => pathsInFolder(folder, prefix))
  return writeToFolder(checked, folder, () => throwIfAborted(options.signal, what))
}

function callOptions({ signal }: WriteOptions): CallOptions {
  return signal === undefined ? {} : { signal }
}

const CALL = 'writeFiles'
const FILES_FIX = 'give what toCoco() and the like make'
const AT_ONCE = 8

async function* checkedFiles(files: FilesToWrite, folder: string): AsyncGenerator<ExportFile, void> {
  const paths = new Set<string>()
  const what = `Cannot write files to ${folder}`
  const fix = 'Make the files anew, or give what toCoco() and the like gave, which begins anew each time'
  for await (const file of unlessUsedUp(files, { call: CALL, what, fix })) {
    if (file?.path === undefined && file?.content === undefined)
      throw refusedCall(
        CALL,
        `among its files is ${formatValue(file)} without path and content: ${FILES_FIX}`,
      )
    const { path, content } = file
    refuseUnsafePath(path, folder)
    // Not every disk tells capital letters from small ones: the later file would be written over the earlier.
    const key = foldPath(path)
    if (paths.has(key))
      throw refusedFile(path, folder, 'there was a file of this path before, in whatever case')
    if (typeof content !== 'string' && !(content instanceof Uint8Array))
      throw refusedFile(path, folder, 'its content is neither text nor bytes')
    paths.add(key)
    yield file
  }
}

async function writeToS3(
  files: AsyncIterable<ExportFile> | Iterable<ExportFile>,
  folder: string,
  aws: Aws,
  options: WriteOptions,
): Promise<readonly S3Uri[]> {
  const { bucket, key } = parseS3Uri(folder)
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`
  const written: S3Uri[] = []
  let count = 0
  const put = async (file: ExportFile) => {
    const index = count++
    const kind = { call: CALL, kind: 'the file', contentType: contentTypeOf(file.path) }
    const write = await preparePut(kind, `s3://${bucket}/${prefix}${file.path}`, aws, options)
    written[index] = await write(file.content)
  }
  for await (const _ of eachAsItComes(files, AT_ONCE, put));
  return written
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  manifest: 'application/jsonlines',
  csv: 'text/csv; charset=utf-8',
  yaml: 'application/yaml',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}

function contentTypeOf(path: string): string {
  return CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
}
