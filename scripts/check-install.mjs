// Proves that the packed package runs in a project of its own: through `import`, through `require`, and through both
// in one program, on every Node it supports. Usage: node scripts/check-install.mjs <tarball> <empty folder>
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPackage } from './install-package.mjs'
import { attempt, run } from './run-command.mjs'

const [tarball, folder] = process.argv.slice(2)
const OTHER_NODES = ['22', '24']

const BUILD = `
  const job = library.labelingJob('signs')
    .task(library.boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme/t', labels: 's3://acme/l' }))
    .input('s3://acme/in.manifest')
    .output('s3://acme/out/', library.outputKey('1234abcd-12ab-34cd-56ef-1234567890ab'))
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  const request = job.toRequest({ region: 'us-east-1' })
  if (request.OutputConfig.KmsKeyId !== '1234abcd-12ab-34cd-56ef-1234567890ab') throw new Error('no key')`

const SUBPATHS = [
  'labeling-job',
  'labeling-job/permissions',
  'labeling-job/manifests',
  'labeling-job/evidence',
  'labeling-job/export',
  'labeling-job/step-functions',
  'labeling-job/testing',
]

installPackage(tarball, folder)
writeFileSync(join(folder, 'import.mjs'), `const library = await import('labeling-job')${BUILD}\n`)
writeFileSync(join(folder, 'require.cjs'), `const library = require('labeling-job')${BUILD}\n`)
writeFileSync(
  join(folder, 'both.mjs'),
  `import { createRequire } from 'node:module'
  import * as library from 'labeling-job'
  const required = createRequire(import.meta.url)('labeling-job')
  ${BUILD}
  // The key of one copy is taken by the other, and the error of one is known to the other.
  required.labelingJob().output('s3://acme/out/', library.outputKey('alias/gt')).autoLabeling(library.volumeKey('alias/gt'))
  try { required.s3Uri('nowhere') } catch (thrown) { if (!library.isLabelingJobError(thrown)) throw thrown }
`,
)
writeFileSync(
  join(folder, 'subpaths.mjs'),
  `import { createRequire } from 'node:module'
  const require = createRequire(import.meta.url)
  for (const path of ${JSON.stringify(SUBPATHS)}) {
    const imported = Object.keys(await import(path)).filter((name) => name !== 'default').sort()
    const required = Object.keys(require(path)).sort()
    if (imported.length === 0 || imported.join() !== required.join()) throw new Error(path + ': ' + imported + ' | ' + required)
  }
`,
)

const programs = ['import.mjs', 'require.cjs', 'both.mjs', 'subpaths.mjs']
for (const program of programs) run(process.execPath, [program], { cwd: folder })
const ran = [process.version]
for (const version of OTHER_NODES) {
  const node = ['--yes', '-p', `node@${version}`, 'node']
  const { code, output } = attempt('npx', [...node, '--version'], { cwd: folder })
  if (code !== 0) {
    console.log(`note: not run on Node ${version}, which could not be fetched`)
    continue
  }
  for (const program of programs) run('npx', [...node, program], { cwd: folder })
  ran.push(/^v\d+\.\d+\.\d+/m.exec(output)?.[0])
}
console.log(`note: ran on ${ran.join(', ')}`)
