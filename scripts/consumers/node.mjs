// Programs on each Node: through `import`, through `require`, and through both in one program. No SDK is installed. The
// oldest Node that `engines` allows also reads a mask from CommonJS, with a decoder that is an ES module.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode, NODES } from '../node-versions.mjs'
import { runBeside } from '../run-command.mjs'
import { makeProject, writeFiles } from './make-project.mjs'

const { exports, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const OLDEST = '20.0.0'
const ENTRIES = Object.keys(exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => join('labeling-job', path))

const BUILD = `
const job = library.labelingJob('signs')
  .task(library.boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme/t', labels: 's3://acme/l' }))
  .input('s3://acme/in.manifest')
  .output('s3://acme/out/', library.outputKey('1234abcd-12ab-34cd-56ef-1234567890ab'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
const request = job.toRequest({ region: 'us-east-1' })
if (request.OutputConfig.KmsKeyId !== '1234abcd-12ab-34cd-56ef-1234567890ab') throw new Error('no key')
`
const PROGRAMS = {
  'import.mjs': `const library = await import('labeling-job')${BUILD}`,
  'require.cjs': `const library = require('labeling-job')${BUILD}`,
  'both.mjs': `import { createRequire } from 'node:module'
import * as library from 'labeling-job'
const require = createRequire(import.meta.url)
const required = require('labeling-job')
${BUILD}
// The key of one copy is taken by the other, and the error of one is known to the other.
required.labelingJob().output('s3://acme/out/', library.outputKey('alias/gt')).autoLabeling(library.volumeKey('alias/gt'))
try { required.s3Uri('nowhere') } catch (thrown) { if (!library.isLabelingJobError(thrown)) throw thrown }
for (const path of ${JSON.stringify(ENTRIES)}) {
  const names = Object.keys(await import(path)).filter((name) => name !== 'default').sort()
  const others = Object.keys(require(path)).sort()
  if (names.length === 0 || names.join() !== others.join()) throw new Error(path + ': ' + names + ' | ' + others)
}
// Without the SDK, what needs it says what to install.
try { await library.resolveKey('alias/gt', library.connect({ region: 'us-east-1' })) } catch (thrown) {
  if (!library.isLabelingJobError(thrown, 'client-missing')) throw thrown
}
`,
}
const MASK = `const { readMask } = require('labeling-job/manifests')
const classes = { 1: { className: 'road', color: '#010101', confidence: undefined } }
import('fast-png').then(async ({ encode }) => {
  const png = encode({ width: 2, height: 1, channels: 3, depth: 8, data: new Uint8Array([1, 1, 1, 9, 9, 9]) })
  for await (const { classIds } of readMask(png, classes)) if (classIds.join() !== '1,65535') throw new Error(classIds.join())
})
`
const WAYS = {
  'import.mjs': 'import',
  'require.cjs': 'require',
  'both.mjs': 'every entry, both in one program',
}

/** Gives the consumers that run on Node without more. */
export async function nodeConsumers({ tarball, folder }) {
  await makeProject(folder, [tarball, `fast-png@${devDependencies['fast-png']}`], { peers: false })
  writeFiles(folder, { ...PROGRAMS, 'mask.cjs': MASK })
  return [
    ...[OLDEST, ...NODES].flatMap((version) =>
      Object.entries(WAYS).map(([program, way]) => programOn(version, { folder, program, way })),
    ),
    programOn(OLDEST, { folder, program: 'mask.cjs', way: 'a mask, from CommonJS' }),
  ]
}

function programOn(version, { folder, program, way }) {
  return {
    name: `Node ${version}, ${way}`,
    run: async () => {
      await runBeside(await findNode(version), [program], { cwd: folder })
    },
  }
}
