import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { readImports, sourceFiles } from './read-imports.js'

/** Every folder of src, from the ground up: each may import those above it in this list, types included. */
const LAYERS = [
  'json',
  'errors',
  'names',
  'aws',
  'tasks',
  'keys',
  'manifests/read',
  'manifests/write',
  'manifests/task-files',
  'manifests',
  'job/request',
  'job/rules',
  'job',
  'permissions/policy',
  'permissions/evaluate',
  'permissions/decide',
  'permissions/requirements',
  'permissions/read',
  'permissions/check',
  'permissions/plan',
  'permissions/apply',
  'permissions',
  'running',
  '.',
  'testing/world',
  'testing/authorize',
  'testing/kms',
  'testing/iam',
  'testing/s3',
  'testing/sagemaker',
  'testing',
]
const IMPORTS = readImports().filter(({ to }) => to.endsWith('.ts'))
const layerOf = (file: string) => LAYERS.indexOf(posix.dirname(file))

test('every folder has its place among the layers', () => {
  expect(sourceFiles().filter((file) => layerOf(file) < 0)).toEqual([])
})

test('imports go down only, types and late ones included', () => {
  const up = IMPORTS.filter(({ from, to }) => layerOf(to) > layerOf(from))

  expect(up.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
})

test('no file reaches itself, types included', () => {
  const next = new Map<string, string[]>()
  for (const { from, to } of IMPORTS) next.set(from, [...(next.get(from) ?? []), to])
  const reaches = (start: string) => {
    const seen = new Set(next.get(start))
    for (const file of seen) for (const target of next.get(file) ?? []) seen.add(target)
    return seen.has(start)
  }

  expect([...next.keys()].filter(reaches)).toEqual([])
})
