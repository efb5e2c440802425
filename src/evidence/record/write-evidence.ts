import type { Aws, CallOptions } from '../../aws/aws.js'
import { formatValue } from '../../errors/format-value.js'
import { refusedCall, refuseNoConnection, refusePromise } from '../../errors/refused-call.js'
import type { ExportFile } from '../../export/export-file.js'
import { pathsInFolder, pathsInS3, refuseStrays } from '../../export/refuse-strays.js'
import { writeFiles } from '../../export/write-files.js'
import type { WriteOptions } from '../../manifests/write/prepare-put.js'
import type { KmsKeyText, OutputKmsKey } from '../../names/kms-key.js'
import type { S3Uri, S3UriText } from '../../names/s3-uri.js'
import type { EvidenceRecord } from './evidence-record.js'

/** How evidence is written to S3. */
export interface WriteEvidenceOptions extends WriteOptions {
  /** The key that it is put under: evidence holds the names of objects. */
  readonly key: OutputKmsKey | KmsKeyText
}

const CALL = 'writeEvidence'
// One PutObject takes a part; a table of a hundred million objects is no single one.
const PART = 32 * 1024 * 1024

/**
 * Writes a record to a folder, over files of the same names: `evidence.json`, `jobs.csv`, `evidence.md`, `evidence.html`,
 * `asff-1.json` and so on for Security Hub, and where objects were looked at `objects.csv` (`objects-2.csv` and so on
 * beyond 32 MB). Objects are asked of AWS anew. Gives the paths.
 *
 * @throws LabelingJobError `refused-call` for a folder with parts of an older record that would stay; what `objectsCsv()` throws; and what Node throws when it cannot write.
 *
 * @example
 * const evidence = await collectEvidence(aws)
 * console.log(await writeEvidence(evidence, 'evidence-2026'))
 * await writeEvidence(evidence, 's3://acme-audit/2026/', aws, { key: outputKey('alias/audit') })
 */
export function writeEvidence<Folder extends string>(
  evidence: EvidenceRecord,
  folder: Folder extends S3UriText ? never : Folder,
  aws?: undefined,
  options?: CallOptions,
): Promise<readonly string[]>
/**
 * Writes a record below an address of S3, under your key; gives the addresses of its files.
 *
 * IAM actions of the caller: `s3:PutObject` on the objects, `kms:DescribeKey` and `kms:GenerateDataKey` on the key.
 *
 * @throws LabelingJobError `refused-call` without a key, `key-…` for one that cannot encrypt, and the codes of AWS.
 */
export function writeEvidence(
  evidence: EvidenceRecord,
  folder: S3UriText,
  aws: Aws,
  options: WriteEvidenceOptions,
): Promise<readonly S3Uri[]>
export async function writeEvidence(
  evidence: EvidenceRecord,
  folder: string,
  aws?: Aws,
  options?: WriteEvidenceOptions | CallOptions,
): Promise<readonly string[]> {
  refusePromise(CALL, 'the evidence', evidence)
  if (typeof evidence?.objectsCsv !== 'function')
    throw refusedCall(CALL, `${formatValue(evidence)} is no record: give what collectEvidence() gives`)
  if (typeof folder !== 'string' || folder === '')
    throw refusedCall(CALL, `${formatValue(folder)} is no folder and no address in S3`)
  const files = filesOf(evidence, options?.signal)
  if (!folder.startsWith('s3://')) {
    await refuseOlderParts(evidence, folder, (prefix) => pathsInFolder(folder, prefix))
    return writeFiles(files, folder, undefined, options)
  }
  const key = options !== undefined && 'key' in options ? options.key : undefined
  if (aws === undefined && key === undefined)
    throw refusedCall(
      CALL,
      'evidence in S3 takes a connection and a key of yours: give the value of connect() and { key } after the folder',
    )
  if (key === undefined)
    throw refusedCall(CALL, 'evidence in S3 is written under a key of yours: give { key }')
  refuseNoConnection(CALL, aws)
  const root = folder.endsWith('/') ? folder : `${folder}/`
  await refuseOlderParts(evidence, folder, (prefix) =>
    pathsInS3(root, prefix, aws as Aws, options?.signal ? { signal: options.signal } : {}),
  )
  return writeFiles(files, folder as S3UriText, aws as Aws, options)
}

/** A part of an older record would be taken for one of this. */
async function refuseOlderParts(
  evidence: EvidenceRecord,
  folder: string,
  listed: (prefix: string) => AsyncIterable<string>,
): Promise<void> {
  const findings = [...evidence.toAsff()].map((_, index) => `asff-${index + 1}.json`)
  for (const [prefix, pattern, kept] of [
    ['asff-', /^asff-\d+\.json$/, findings],
    // How many parts the table of objects has is known once it is written.
    ['objects-', /^objects-\d+\.csv$/, []],
  ] as const) {
    const because = 'whoever reads the folder would take them for a part of this record'
    await refuseStrays({ prefix, pattern, paths: () => kept, because }, folder, listed)
  }
}

async function* filesOf(
  evidence: EvidenceRecord,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportFile, void> {
  yield { path: 'evidence.json', content: `${JSON.stringify(evidence, null, 2)}\n` }
  yield { path: 'jobs.csv', content: evidence.toCsv() }
  yield { path: 'evidence.md', content: evidence.toMarkdown() }
  yield { path: 'evidence.html', content: evidence.toHtml() }
  let batch = 0
  for (const Findings of evidence.toAsff())
    yield { path: `asff-${++batch}.json`, content: `${JSON.stringify({ Findings }, null, 2)}\n` }
  if (evidence.scope.objects === 'all') yield* partsOf(evidence.objectsCsv(signal ? { signal } : {}))
}

async function* partsOf(lines: AsyncIterable<string>): AsyncGenerator<ExportFile, void> {
  let part = 1
  let length = 0
  let content: string[] = []
  let header: string | undefined
  const file = () => ({ path: part === 1 ? 'objects.csv' : `objects-${part}.csv`, content: content.join('') })
  for await (const line of lines) {
    header ??= line
    if (length + line.length > PART) {
      yield file()
      part++
      length = header.length
      content = [header]
    }
    content.push(line)
    length += line.length
  }
  yield file()
}
