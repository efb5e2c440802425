import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCircles, LAYERS, layerOf, ownImports, upwardImports } from '../../scripts/layers.mjs'
import { type Import, sourceFiles } from '../../scripts/read-imports.mjs'

const FILES = sourceFiles()
const IMPORTS = ownImports()
const describeImport = ({ from, to }: Import) => `${from} -> ${to}`

describe('the floors that CONTRIBUTING lists', () => {
  test('hold every file', () => {
    expect(FILES.filter((file) => layerOf(file) < 0)).toEqual([])
  })

  test('exist, but for those that are marked as to come', () => {
    const empty = LAYERS.filter(({ folder }) => !FILES.some((file) => posix.dirname(file) === folder))

    expect(empty.map(({ folder }) => folder)).toEqual(
      LAYERS.filter(({ planned }) => planned).map(({ folder }) => folder),
    )
  })

  test('are listed once each', () => {
    const folders = LAYERS.map(({ folder }) => folder)

    expect(folders).toEqual([...new Set(folders)])
  })
})

test('every place where CONTRIBUTING says to start exists', () => {
  const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const [, table = ''] = /^Start here:\n(.*?)^##/ms.exec(page) ?? []
  const places = [...table.matchAll(/`([\w/-]+\.ts)`/g)].map(([, place]) => place as string)

  expect(places.length).toBeGreaterThan(5)
  expect(places.filter((place) => !FILES.includes(place))).toEqual([])
})

test('imports go down only, types and late ones included', () => {
  expect(upwardImports(IMPORTS).map(describeImport)).toEqual([])
})

test('no file reaches itself, types included', () => {
  expect(findCircles(IMPORTS)).toEqual([])
})

test('a circle is found, and an import that goes up', () => {
  const between = (from: string, to: string): Import => ({ from, to, kind: 'type' })
  const up = between('errors/a.ts', 'aws/b.ts')
  const imports = [up, between('aws/b.ts', 'errors/a.ts'), between('aws/c.ts', 'aws/b.ts')]

  expect(findCircles(imports)).toEqual([['aws/b.ts', 'errors/a.ts']])
  expect(upwardImports(imports)).toEqual([up])
})
