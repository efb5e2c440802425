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
  const ours = checkOf('ours', OURS)
  const theirs = checkOf('theirs', THEIRS)
  rmSync(FOLDER, { recursive: true, force: true })
  return [
    {
      measure: "files in a program that uses us, beside the SDK's request",
      value: `${ours.files} and ${theirs.files}`,
      budget: 'fewer',
      kept: ours.files < theirs.files,
    },
    {
      measure: 'seconds to check it',
      value: `${ours.seconds.toFixed(2)} and ${theirs.seconds.toFixed(2)}`,
      budget: 'less',
      kept: ours.seconds < theirs.seconds,
    },
  ]
}

function checkOf(name: string, text: string): { readonly files: number; readonly seconds: number } {
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
