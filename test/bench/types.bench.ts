import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Row } from './row.js'

const FOLDER = 'node_modules/.cache/bench-types'
const OURS = `import { labelingJob, type CreateLabelingJobRequest, type OutputKmsKey } from '../../../dist/index.js'
declare const key: OutputKmsKey
export const job = labelingJob('signs').input('s3://acme/in').output('s3://acme/out/', key)
export const name = (request: CreateLabelingJobRequest) => request.LabelingJobName
`
const THEIRS = `import type { CreateLabelingJobRequest } from '@aws-sdk/client-sagemaker'
export const name = (request: CreateLabelingJobRequest) => request.LabelingJobName
`

/** Measures what a file that uses the library costs its type check, beside one that imports the SDK's request. */
export function benchTypes(): readonly Row[] {
  mkdirSync(FOLDER, { recursive: true })
  const rounds = Array.from({ length: 3 }, () => [checkOf('ours', OURS), checkOf('theirs', THEIRS)] as const)
  const [ours, theirs] = [
    quickest(rounds.map(([first]) => first)),
    quickest(rounds.map(([, second]) => second)),
  ]
  rmSync(FOLDER, { recursive: true, force: true })
  return [
    {
      measure: "files in a program that uses us, beside the SDK's request",
      value: `${ours.files} and ${theirs.files}`,
      budget: 'fewer than half',
      kept: ours.files < theirs.files / 2,
    },
    {
      measure: 'seconds to check it, beside the same',
      value: `${(ours.seconds / theirs.seconds).toFixed(2)} (${ours.seconds.toFixed(2)} s and ${theirs.seconds.toFixed(2)} s)`,
      budget: '0.6',
      kept: ours.seconds <= 0.6 * theirs.seconds,
    },
  ]
}

interface Check {
  readonly files: number
  readonly seconds: number
}

const quickest = (checks: readonly Check[]) =>
  checks.reduce((left, right) => (right.seconds < left.seconds ? right : left))

function checkOf(name: string, text: string): Check {
  writeFileSync(`${FOLDER}/${name}.ts`, text)
  writeFileSync(
    `${FOLDER}/${name}.json`,
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
      },
      files: [`${name}.ts`],
    }),
  )
  const output = execFileSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', `${FOLDER}/${name}.json`, '--extendedDiagnostics'],
    { encoding: 'utf8' },
  )
  const figure = (label: string) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1])
  return { files: figure('Files'), seconds: figure('Total time') }
}
