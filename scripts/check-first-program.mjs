// Proves that the first program of the README runs as pasted, with each command that the README gives for it, in a folder
// fresh from `npm init`. Usage: node scripts/check-first-program.mjs <tarball> <empty folder>
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { attempt, run } from './run-command.mjs'

const [tarball, folder] = process.argv.slice(2)
const README = readFileSync('README.md', 'utf8')
const QUIETLY = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']

mkdirSync(folder, { recursive: true })
const inFolder = { cwd: folder }
run('npm', ['init', '-y'], inFolder)
for (const [, packages] of README.matchAll(/^npm install (labeling-job .*|@aws-sdk[^#\n]*)/gm)) {
  const named = packages.trim().split(' ')
  run(
    'npm',
    ['install', ...QUIETLY, ...named.map((name) => (name === 'labeling-job' ? resolve(tarball) : name))],
    inFolder,
  )
}
const [, development] = /`npm install --save-dev ([^`]+)`/.exec(README)
run('npm', ['install', '--save-dev', ...QUIETLY, ...development.split(' ')], inFolder)
for (const [, name, text] of README.matchAll(/^```[jt]s\n\/\/ ([\w-]+\.m[jt]s)\n(.*?)^```/gms))
  writeFileSync(join(folder, name), text)

const ways = [...README.matchAll(/^\| [^|]+\| ([\d, ]+?) +\| `((?:node|npx) [^`]+)` +\|$/gm)].flatMap(
  ([, versions, command]) => versions.split(', ').map((version) => ({ version, command })),
)
if (ways.length < 8) throw new Error(`README.md has ${ways.length} ways to run the first program`)

const ran = []
for (const { version, command } of ways) {
  const node = ['--yes', '-p', `node@${version}`]
  if (attempt('npx', [...node, 'node', '--version'], inFolder).code !== 0) {
    console.log(`note: not tried: ${command} on Node ${version}, which could not be fetched`)
    continue
  }
  const [program, ...rest] = command.split(' ')
  const args =
    program === 'npx' ? ['--yes', ...node, ...toolOf(rest[0]), ...rest] : [...node, program, ...rest]
  const { code, output } = attempt('npx', args, inFolder)
  if (code !== 0 || !/^completed\b/m.test(output) || !output.includes("className: 'Stop'"))
    throw new Error(`"${command}" on Node ${version} ends with ${code}:\n${output}`)
  ran.push(`${command} (${version})`)
}
console.log(`note: ran ${ran.join('; ')}`)

/** What is not installed in the folder comes out of the registry, as npx does by itself. */
function toolOf(name) {
  return development.split(' ').includes(name) ? [] : ['-p', name]
}
