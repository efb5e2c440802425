import { describe, expect, test } from 'vitest'
import { type Import, importsOf, readImports } from './read-imports.js'

const IMPORTS = readImports()
const RUN_TIME = IMPORTS.filter(({ kind }) => kind !== 'type')

/** Which folders a folder may import when the program runs; its own is always free. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  names: ['errors'],
  tasks: ['errors', 'names'],
  job: ['errors', 'names', 'tasks'],
  aws: ['errors', 'names'],
  keys: ['errors', 'names', 'aws'],
  manifests: ['errors', 'names', 'tasks', 'aws'],
  permissions: ['errors', 'names', 'tasks', 'job', 'keys', 'aws'],
  running: ['errors', 'names', 'tasks', 'job', 'keys', 'aws', 'manifests', 'permissions'],
}

/** Where the pure half of `permissions` begins: everything these files reach is pure as well. */
const PURE_PERMISSIONS = [
  'permissions/decide-permission.ts',
  'permissions/requirements.ts',
  'permissions/permission-documents.ts',
]

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : '')
const isOwn = (file: string) => file.endsWith('.ts')
const shown = ({ from, to }: Import) => `${from} -> ${to}`

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
  test('go one way: folders import those below them', () => {
    const wrong = RUN_TIME.filter(({ from, to }) => {
      const [folder, target] = [folderOf(from), folderOf(to)]
      if (!isOwn(to) || folder === target || folder === '' || folder === 'testing') return false
      return !MAY_IMPORT[folder]?.includes(target)
    })

    expect(wrong.map(shown)).toEqual([])
  })

  test('of the testing folder do not exist, types included', () => {
    const wrong = IMPORTS.filter(({ from, to }) => folderOf(to) === 'testing' && folderOf(from) !== 'testing')

    expect(wrong.map(shown)).toEqual([])
  })

  test('of the AWS SDK are in aws and testing alone, types included', () => {
    const wrong = IMPORTS.filter(
      ({ from, to }) => /^@(aws-sdk|smithy)\//.test(to) && !['aws', 'testing'].includes(folderOf(from)),
    )

    expect(wrong.map(shown)).toEqual([])
  })

  test('of the AWS SDK that run are dynamic', () => {
    const wrong = RUN_TIME.filter(
      ({ from, to, kind }) => to.startsWith('@aws-sdk/') && kind === 'static' && folderOf(from) !== 'testing',
    )

    expect(wrong.map(shown)).toEqual([])
  })

  test('of Node are not in errors, names, tasks and job', () => {
    const wrong = IMPORTS.filter(
      ({ from, to }) =>
        to.startsWith('node:') && ['errors', 'names', 'tasks', 'job'].includes(folderOf(from)),
    )

    expect(wrong.map(shown)).toEqual([])
  })

  test('of Node and of aws are not in the pure half of permissions', () => {
    const files = new Set(IMPORTS.map(({ from }) => from))

    const wrong = [...reachedFrom(PURE_PERMISSIONS)].filter(
      (file) => file.startsWith('node:') || folderOf(file) === 'aws',
    )

    expect(PURE_PERMISSIONS.filter((file) => !files.has(file))).toEqual([])
    expect(wrong).toEqual([])
  })

  test('from the root reach neither Node nor the SDK before something is sent', () => {
    const wrong = [...reachedFrom(['index.ts'])].filter((file) => !isOwn(file))

    expect(wrong).toEqual([])
  })

  test('have no cycle', () => {
    const next = new Map<string, string[]>()
    for (const { from, to, kind } of RUN_TIME) {
      if (kind === 'static' && isOwn(to)) next.set(from, [...(next.get(from) ?? []), to])
    }
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (path.includes(file) || done.has(file)) return
      for (const target of next.get(file) ?? []) visit(target, [...path, file])
      done.add(file)
    }
    for (const file of next.keys()) visit(file, [])

    expect(cycles).toEqual([])
  })
})
