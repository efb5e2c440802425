// Proves that two clones of the same commit, in folders of different names, give the same package byte for byte, so that
// anybody can rebuild what is published and compare.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './run-command.mjs'

const files = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0')
const work = mkdtempSync(join(tmpdir(), 'labeling-job-clones-'))
try {
  const [one, other] = ['one', 'another-with-a-longer-name'].map((name) => buildIn(join(work, name)))
  const differing = [...new Set([...one.files.keys(), ...other.files.keys()])].filter(
    (file) => one.files.get(file) !== other.files.get(file),
  )
  if (differing.length > 0) {
    console.error(`built twice, these files differ:\n${differing.join('\n')}`)
    process.exit(1)
  }
  if (one.tarball !== other.tarball) {
    console.error('the files are the same, and the tarballs differ')
    process.exit(1)
  }
  console.log(`note: ${one.files.size} files, sha256 ${one.tarball}`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Builds and packs in a clone; gives the hash of the tarball, and of each built file. */
function buildIn(folder) {
  for (const file of files.filter(Boolean)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(file, join(folder, file))
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction')
  run('npm', ['run', '--silent', 'build'], { cwd: folder })
  const name = run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: folder }).trim()
  const dist = join(folder, 'dist')
  const built = readdirSync(dist).map((file) => [file, hashOf(join(dist, file))])
  return { tarball: hashOf(join(folder, name)), files: new Map(built) }
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
