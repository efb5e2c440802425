import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
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
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < 9; round += 1) {
      ours.push(millisecondsOf('labeling-job', folder))
      theirs.push(millisecondsOf('@aws-sdk/client-sagemaker', folder))
    }
    const ratio = shortest(ours) / shortest(theirs)
    return [
      {
        measure: "import 'labeling-job' beside '@aws-sdk/client-sagemaker'",
        value: `${ratio.toFixed(3)} (${shortest(ours).toFixed(1)} ms and ${shortest(theirs).toFixed(1)} ms)`,
        budget: '0.05',
        kept: ratio <= 0.05,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function millisecondsOf(name: string, folder: string): number {
  const program = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start)`
  const args = ['--input-type=module', '-e', program]
  return Number(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }))
}
