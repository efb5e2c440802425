import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Row, shortest } from './row.js'

/** Measures how long `import 'labeling-job'` takes beside an SDK client, as installed, each in a process of its own. */
export function benchImport(): readonly Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'labeling-job-bench-'))
  try {
    mkdirSync(join(folder, 'node_modules/labeling-job'), { recursive: true })
    cpSync('package.json', join(folder, 'node_modules/labeling-job/package.json'))
    cpSync('dist', join(folder, 'node_modules/labeling-job/dist'), { recursive: true })
    symlinkSync(
      join(process.cwd(), 'node_modules/@aws-sdk'),
      join(folder, 'node_modules/@aws-sdk'),
      'junction',
    )
    const empty = join(folder, 'node_modules/empty')
    mkdirSync(empty)
    writeFileSync(join(empty, 'package.json'), '{ "type": "module", "exports": "./index.js" }')
    writeFileSync(join(empty, 'index.js'), "export * from './chunk.js'")
    writeFileSync(join(empty, 'chunk.js'), 'export const nothing = undefined')
    const rounds = Array.from({ length: 15 }, () => NAMES.map((name) => costOf(name, folder)))
    const [ours, theirs, floor] = NAMES.map((_, index) => ({
      processor: shortest(rounds.map((round) => round[index]?.processor as number)),
      clock: shortest(rounds.map((round) => round[index]?.clock as number)),
    })) as [Cost, Cost, Cost]
    const ratio = ours.processor / theirs.processor
    return [
      {
        measure: "processor time of import 'labeling-job', beside '@aws-sdk/client-sagemaker'",
        value: `${ratio.toFixed(3)} (${ours.processor.toFixed(1)} ms and ${theirs.processor.toFixed(1)} ms)`,
        budget: '0.05',
        kept: ratio <= 0.05,
      },
      {
        measure: 'the same by the clock, which stands for little on a busy machine',
        value: `${(ours.clock / theirs.clock).toFixed(3)} (${ours.clock.toFixed(1)} ms and ${theirs.clock.toFixed(1)} ms)`,
        budget: '',
      },
      {
        measure: 'of it what Node takes for an empty package of as many files',
        value: `${(floor.processor / theirs.processor).toFixed(3)} (${floor.processor.toFixed(1)} ms)`,
        budget: '',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const NAMES = ['labeling-job', '@aws-sdk/client-sagemaker', 'empty']

/** Milliseconds of one import. */
interface Cost {
  readonly processor: number
  readonly clock: number
}

function costOf(name: string, folder: string): Cost {
  const program = `
    const [start, used] = [performance.now(), process.cpuUsage()]
    await import(${JSON.stringify(name)})
    const [clock, { user, system }] = [performance.now() - start, process.cpuUsage(used)]
    console.log(JSON.stringify({ clock, processor: (user + system) / 1_000 }))`
  const args = ['--input-type=module', '-e', program]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }))
}
