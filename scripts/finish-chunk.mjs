// @ts-check
// What an esbuild chunk needs before it is one of ours.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { groupEntry } from './chunks-by-group.mjs'
import { toCommonJs } from './to-common-js.mjs'

/**
 * Finishes a written file: takes out of a module the imports of chunks that it needs nothing of, which Node would load,
 * and writes its CommonJS beside it. Of the entries of groups nothing stays.
 * @param {string} file
 */
export async function finishChunk(file) {
  if (file.includes(groupEntry(''))) return rmSync(file)
  if (!file.endsWith('.js')) return
  const text = readFileSync(file, 'utf8')
  const module = text.replace(/^import "\.\/[^"]+";\n/gm, '')
  writeFileSync(file, module)
  writeFileSync(file.replace(/js$/, 'cjs'), await toCommonJs(module))
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8'))
  // A line is a semicolon; nothing of the source stands before the last import.
  const lines = text.split('\n').length - module.split('\n').length
  if (map.mappings !== '' && !map.mappings.startsWith(';'.repeat(lines)))
    throw new Error(`${file} has code before its imports`)
  writeFileSync(`${file}.map`, JSON.stringify({ ...map, mappings: map.mappings.slice(lines) }))
}
