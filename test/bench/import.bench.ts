import { execFileSync } from 'node:child_process'
import { median, type Row } from './row.js'

/** Measures how long `import 'labeling-job'` takes beside an SDK client, each in a process of its own, in turns. */
export function benchImport(): readonly Row[] {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < 7; round += 1) {
    ours.push(millisecondsOf('./dist/index.js'))
    theirs.push(millisecondsOf('@aws-sdk/client-sagemaker'))
  }
  const ratio = median(ours) / median(theirs)
  return [
    {
      measure: "import 'labeling-job' beside '@aws-sdk/client-sagemaker'",
      value: `${ratio.toFixed(3)} (${median(ours).toFixed(1)} ms and ${median(theirs).toFixed(1)} ms)`,
      budget: '0.1',
      kept: ratio <= 0.1,
    },
  ]
}

function millisecondsOf(name: string): number {
  const program = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start)`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))
}
