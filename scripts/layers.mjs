// @ts-check
// The floors of the house. The list is written once, in CONTRIBUTING.md, where people read it; what checks it reads it
// there as well.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { readImports } from './read-imports.mjs'

/**
 * One floor: a folder of `src` (`.` is `src` itself) and what it is for. One that is `planned` has no files yet.
 * @typedef {{ readonly folder: string, readonly purpose: string, readonly planned: boolean }} Layer
 * @typedef {import('./read-imports.mjs').Import} Import
 */

/**
 * Every folder of `src`, from the ground up: each may import those before it, types included.
 * @type {readonly Layer[]}
 */
export const LAYERS = readLayers()

/**
 * How many floors a file is above the ground; -1 when its folder is none.
 * @param {string} file
 */
export function layerOf(file) {
  return LAYERS.findIndex(({ folder }) => folder === posix.dirname(file))
}

/**
 * The imports between files of `src`, types and late ones included.
 * @returns {readonly Import[]}
 */
export function ownImports() {
  return readImports().filter(({ to }) => to.endsWith('.ts'))
}

/**
 * Those of the imports that go up.
 * @param {readonly Import[]} imports
 */
export function upwardImports(imports) {
  return imports.filter(({ from, to }) => layerOf(to) > layerOf(from))
}

/**
 * Files that reach one another: each group is one circle, or several that share a file.
 * @param {readonly Import[]} imports
 * @returns {readonly (readonly string[])[]}
 */
export function findCircles(imports) {
  const files = [...new Set(imports.flatMap(({ from, to }) => [from, to]))].sort()
  const reached = new Map(files.map((file) => [file, reachedFrom(file, imports)]))
  const inCircles = files.filter((file) => reached.get(file)?.has(file))
  const groups = inCircles.map((file) =>
    inCircles.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)),
  )
  return groups.filter(([first], index) => inCircles[index] === first)
}

/**
 * @param {string} start
 * @param {readonly Import[]} imports
 */
function reachedFrom(start, imports) {
  const reached = new Set([start])
  reached.delete(start)
  const queue = [start]
  for (const file of queue) {
    for (const { from, to } of imports) {
      if (from !== file || reached.has(to)) continue
      reached.add(to)
      queue.push(to)
    }
  }
  return reached
}

/** @returns {readonly Layer[]} */
function readLayers() {
  const text = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8')
  const [, block = ''] = /^```text floors\n(.*?)^```/ms.exec(text) ?? []
  const layers = block.split('\n').flatMap((line) => {
    const [, folder, planned, purpose = ''] = /^(\S+)\s+(\(to come\) )?(.+)$/.exec(line) ?? []
    return folder === undefined
      ? []
      : [{ folder: folder === 'src' ? '.' : folder, purpose, planned: planned !== undefined }]
  })
  if (layers.length === 0) throw new Error('CONTRIBUTING.md has no block "```text floors"')
  return layers
}
