// The programs that bundlers get.
import { FAKE_JOB, FAKE_WORLD } from './job-on-fake.mjs'

/** What the name of a class of its own is in a minified bundle: not this. */
export const MINIFIED_NAMES = 'names lost'

/** A handler for Lambda: a job end to end on the embedded AWS, errors that are told apart, and a client that is missing. */
export const HANDLER = `import { DescribeKeyCommand } from '@aws-sdk/client-kms'
import {
  boundingBox, connect, isLabelingJobError, LabelingJobError, labelingJob, outputKey, resolveKey, s3Uri,
} from 'labeling-job'
import { fakeAws } from 'labeling-job/testing'

class OwnClass {}

const thrownBy = async (call) => {
  try {
    await call()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
const equal = (is, should) => {
  if (JSON.stringify(is) !== JSON.stringify(should)) throw new Error(JSON.stringify(is) + ' is not ' + JSON.stringify(should))
}

export const handler = async () => {
  const cloud = fakeAws()
  const aws = connect({ clients: cloud, region: 'us-east-1' })
  const errors = [
    await thrownBy(() => s3Uri('nowhere')),
    await thrownBy(() => labelingJob().output('s3://acme/out/', '')),
    await thrownBy(() => resolveKey(outputKey('alias/gt-output'), aws)),
    await thrownBy(() => resolveKey(outputKey('alias/gt-output'), aws, { signal: AbortSignal.abort() })),
    // The fake has no need of a client; this connection has, and it is not installed.
    await thrownBy(() => connect({ region: 'us-east-1' }).call('iam:GetRole', { RoleName: 'GtExec' })),
  ]
  for (const error of errors) equal([error instanceof LabelingJobError, error instanceof Error, isLabelingJobError(error, error.code)], [true, true, true])
  equal(errors.map(({ name, code, stack }) => [name, code, stack.split(':')[0]]), [
    ['LabelingJobError', 'invalid-name', 'LabelingJobError'],
    ['LabelingJobError', 'invalid-name', 'LabelingJobError'],
    ['LabelingJobError', 'key-not-found', 'LabelingJobError'],
    ['AbortError', 'aborted', 'AbortError'],
    ['LabelingJobError', 'client-missing', 'LabelingJobError'],
  ])
  equal(errors.at(-1).data, { missing: ['@aws-sdk/client-iam'] })

  ${FAKE_WORLD}
  // A command of the SDK whose class the minifier has renamed.
  equal((await cloud.send(new DescribeKeyCommand({ KeyId: 'alias/gt-output' }))).KeyMetadata.Arn, keyArn)
  ${FAKE_JOB}
  const { outcome, description } = await (await job.create(cloud.connect())).completed()
  equal([outcome, description.OutputConfig.KmsKeyId], ['completed', keyArn])
  return 'handled; ' + (OwnClass.name === 'OwnClass' ? 'names kept' : '${MINIFIED_NAMES}')
}
`

/** A page: what decides and what reads text, with nothing of Node around it. */
export const PAGE = `import { manifest, readLabels } from 'labeling-job/manifests'
import { decidePermission } from 'labeling-job/permissions'

const account = '111122223333'
const roleArn = 'arn:aws:iam::' + account + ':role/GtExec'
const Statement = [{ Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'kms:Decrypt', Resource: '*' }]

export async function show() {
  const { verdict } = decidePermission({
    roleArn,
    keyArn: 'arn:aws:kms:us-east-1:' + account + ':key/1234abcd-12ab-34cd-56ef-1234567890ab',
    action: 'kms:Decrypt',
    keyPolicy: { Version: '2012-10-17', Statement },
    identityPolicies: [],
    grants: [],
  })
  const line = '{"source-ref":"s3://acme-gt/in/1.jpg","sky":0,"sky-metadata":{"class-name":"blue","confidence":0.9,'
    + '"type":"groundtruth/image-classification","human-annotated":"yes","creation-date":"2026-11-25T00:00:00","job-name":"sky"}}'
  let labels = 0
  for await (const { status } of readLabels({ task: 'image-classification', attribute: 'sky' }, [line])) if (status === 'labeled') labels++
  const { text } = manifest([{ 'source-ref': 's3://acme-gt/in/1.jpg' }], { task: 'image-classification' })
  return verdict + '; ' + labels + ' label; ' + text.trim().split('\\n').length + ' line'
}
`

/** Builds with webpack, and prints what it says as JSON. */
export function webpackProgram(settings) {
  return `import webpack from 'webpack'
webpack(${JSON.stringify(settings)}, (thrown, stats) => {
  if (thrown) throw thrown
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  console.log(JSON.stringify({ errors: errors.map(({ message }) => message), warnings: warnings.map(({ message }) => message) }))
})
`
}

/** Builds the page with Vite, and prints what it warns of as JSON. */
export const VITE_PROGRAM = `import { build } from 'vite'
const said = []
const say = (text) => said.push(text)
const customLogger = { info() {}, warn: say, warnOnce: say, error: say, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false }
await build({
  root: import.meta.dirname,
  configFile: false,
  customLogger,
  build: { lib: { entry: 'page.mjs', formats: ['es'], fileName: 'page' }, outDir: 'vite' },
})
console.log(JSON.stringify(said))
`

/** Runs a built page among the globals that a browser has as well, and tells how large what loads at once is. */
export const RUN_PAGE = `import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createContext, SourceTextModule } from 'node:vm'
const context = createContext({ URL, TextEncoder, TextDecoder, structuredClone })
let size = 0
const modules = new Map()
const load = (file) => {
  if (!modules.has(file)) {
    const text = readFileSync(file, 'utf8')
    size += text.length
    modules.set(file, new SourceTextModule(text, { context, identifier: file }))
  }
  return modules.get(file)
}
const page = load(process.argv[2])
await page.link((name, { identifier }) => load(join(dirname(identifier), name)))
await page.evaluate()
console.log((await page.namespace.show()) + ' | ' + Math.round(size / 1024) + ' kB')
`
