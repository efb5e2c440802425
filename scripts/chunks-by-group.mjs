// @ts-check
// Makes a chunk of each named group of files, where the bundler by itself makes one of each set of files that the same
// entries reach.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { markPure } from './mark-pure.mjs'
import { readImports } from './read-imports.mjs'

/**
 * A file that several come to. `by` are the entries, and the files that are loaded late, from which one comes to it.
 * @typedef {{ readonly file: string, readonly by: ReadonlySet<string> }} Shared
 */

/**
 * A group; the first that holds a file has it. Paths are as `src/aws/pace.ts`.
 * @typedef {{ readonly name: string, holds(shared: Shared): boolean }} Group
 */

const PREFIX = 'labeling-job:'

/** @type {Map<string, string[]>} */
const importsOf = new Map()
for (const { from, to, kind } of readImports())
  if (kind === 'static' && to.endsWith('.ts'))
    importsOf.set(`src/${from}`, [...(importsOf.get(`src/${from}`) ?? []), `src/${to}`])

/**
 * Gives the plugin. Each group is made an entry as well, and whoever comes to one file of a group is made to come to all of
 * it: so the same entries reach all of a group, and no other file.
 * @param {readonly string[]} entries
 * @param {readonly Group[]} groups
 * @returns {import('esbuild').Plugin}
 */
export function chunksByGroup(entries, groups) {
  const late = readImports().filter(({ to, kind }) => kind === 'dynamic' && to.endsWith('.ts'))
  const starts = [...new Set([...entries, ...late.map(({ to }) => `src/${to}`)])]
  const groupOf = groupFiles(starts, groups)
  const namesOf = new Map(starts.map((start) => [resolve(start), groupsReached([start], groupOf)]))
  return {
    name: 'chunks-by-group',
    setup(build) {
      const { entryPoints } = build.initialOptions
      build.initialOptions.entryPoints = {
        .../** @type {Record<string, string>} */ (entryPoints),
        ...Object.fromEntries(
          [...new Set(groupOf.values())].map((name) => [groupEntry(name), PREFIX + name]),
        ),
      }
      build.onResolve({ filter: /^labeling-job:/ }, ({ path }) => ({ path, namespace: 'group' }))
      build.onLoad({ filter: /./, namespace: 'group' }, ({ path }) => {
        const files = [...groupOf].filter(([, name]) => PREFIX + name === path).map(([file]) => file)
        const others = [...groupsReached(files, groupOf)].filter((name) => PREFIX + name !== path)
        const names = [...files.map((file) => resolve(file)), ...others.map((name) => PREFIX + name)]
        return { contents: importAll(names), resolveDir: '.' }
      })
      build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const names = [...(namesOf.get(path) ?? [])].map((name) => PREFIX + name)
        return { contents: markPure(readFileSync(path, 'utf8')) + importAll(names), loader: 'ts' }
      })
    },
  }
}

/**
 * The name of what the entry of a group is written to, which nobody imports.
 * @param {string} name
 */
export function groupEntry(name) {
  return `group-${name}`
}

/** @param {readonly string[]} names */
function importAll(names) {
  return names.map((name) => `\nimport ${JSON.stringify(name)}`).join('')
}

/**
 * @param {readonly string[]} starts
 * @param {readonly Group[]} groups
 */
function groupFiles(starts, groups) {
  /** @type {Map<string, Set<string>>} */
  const by = new Map()
  for (const start of starts)
    for (const file of filesReached([start])) by.set(file, (by.get(file) ?? new Set()).add(start))
  /** @type {Map<string, string>} */
  const found = new Map()
  for (const [file, those] of by) {
    // A file that one alone comes to is in the chunk of that one.
    const name = those.size > 1 && groups.find((group) => group.holds({ file, by: those }))?.name
    if (name) found.set(file, name)
  }
  return found
}

/**
 * @param {readonly string[]} starts
 * @param {ReadonlyMap<string, string>} groupOf
 */
function groupsReached(starts, groupOf) {
  /** @type {Set<string>} */
  const names = new Set()
  const files = new Set(starts)
  for (const file of files) {
    for (const other of importsOf.get(file) ?? []) files.add(other)
    const name = groupOf.get(file)
    if (name === undefined || names.has(name)) continue
    names.add(name)
    for (const [other, its] of groupOf) if (its === name) files.add(other)
  }
  return names
}

/** @param {readonly string[]} starts */
export function filesReached(starts) {
  const files = new Set(starts)
  for (const file of files) for (const other of importsOf.get(file) ?? []) files.add(other)
  return files
}
