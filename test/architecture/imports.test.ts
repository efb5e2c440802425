import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Import, importsOf, readImports, sourceFiles } from '../../scripts/read-imports.mjs'

const IMPORTS = readImports()
const RUN_TIME = IMPORTS.filter(({ kind }) => kind !== 'type')

/** What decides and never asks: neither AWS nor Node is reached from these folders. */
const PURE = [
  'json',
  'errors',
  'names',
  'tasks',
  'job/request',
  'job/rules',
  'job',
  'permissions/policy',
  'permissions/evaluate',
  'permissions/decide',
  'permissions/requirements',
]

const folderOf = (file: string) => posix.dirname(file)
const floorOf = (file: string) => file.split('/')[0] as string
const isOwn = (file: string) => file.endsWith('.ts')
const describeImport = ({ from, to }: Import) => `${from} -> ${to}`

/** Gives every file that the given ones reach by static imports, themselves included. */
function reachedFrom(starts: readonly string[]): ReadonlySet<string> {
  const reached = new Set(starts)
  for (const file of reached) {
    for (const { from, to, kind } of RUN_TIME) if (from === file && kind === 'static') reached.add(to)
  }
  return reached
}

describe('the reader of imports', () => {
  test('tells what runs from what is a type', () => {
    const text = `
      import type { A } from './a.js'
      import { b } from '../names/b.js'
      export type { C } from './c.js'
      export { d } from 'node:fs'
      const later = () => import('@aws-sdk/client-kms')
      let type: import('./e.js').E`

    const imports = importsOf('job/here.ts', text)

    expect(imports.map(({ to, kind }) => `${kind} ${to}`)).toEqual([
      'type job/a.ts',
      'static names/b.ts',
      'type job/c.ts',
      'static node:fs',
      'dynamic @aws-sdk/client-kms',
      'type job/e.ts',
    ])
  })
})

describe('imports', () => {
  test('of the testing folder do not exist, types included', () => {
    const wrong = IMPORTS.filter(({ from, to }) => floorOf(to) === 'testing' && floorOf(from) !== 'testing')

    expect(wrong.map(describeImport)).toEqual([])
  })

  test("of the library's evaluator do not exist in the fake's", () => {
    const wrong = IMPORTS.filter(
      ({ from, to }) =>
        folderOf(from) === 'testing/authorize' && /^permissions\/(evaluate|decide)\//.test(to),
    )

    expect(wrong.map(describeImport)).toEqual([])
  })

  test('of the AWS SDK are in aws and testing alone, types included', () => {
    const wrong = IMPORTS.filter(
      ({ from, to }) => /^@(aws-sdk|smithy)\//.test(to) && !['aws', 'testing'].includes(floorOf(from)),
    )

    expect(wrong.map(describeImport)).toEqual([])
  })

  test('of the AWS SDK that run are dynamic', () => {
    const wrong = RUN_TIME.filter(
      ({ from, to, kind }) => to.startsWith('@aws-sdk/') && kind === 'static' && floorOf(from) !== 'testing',
    )

    expect(wrong.map(describeImport)).toEqual([])
  })

  test('of Node and of aws never run from the pure folders, however far one follows them', () => {
    const pure = sourceFiles().filter((file) => PURE.includes(folderOf(file)))

    const wrong = [...reachedFrom(pure)].filter((file) => file.startsWith('node:') || floorOf(file) === 'aws')

    expect(PURE.filter((folder) => !pure.some((file) => folderOf(file) === folder))).toEqual([])
    expect(wrong).toEqual([])
  })

  test('from the root reach neither Node nor the SDK before something is sent', () => {
    const wrong = [...reachedFrom(['index.ts'])].filter((file) => !isOwn(file))

    expect(wrong).toEqual([])
  })
})
