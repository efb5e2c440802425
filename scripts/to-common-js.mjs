// @ts-check
// The CommonJS of the build: each built ES module once more, file for file, so that both have the same chunks.
import { transform } from 'esbuild'

/**
 * Gives what stands in the `.cjs` beside a built `.js`.
 *
 * What is loaded late is required, since Jest as installed refuses `import()`. A package is required in the very `try` that
 * its `import()` stands in: there a bundler takes one that is not installed for optional, and in a function inside that
 * `try` it does not. `fast-png` stays an `import()`: it is an ES module, and Node requires those from 20.19 on.
 * @param {string} module
 */
export async function toCommonJs(module) {
  const required = module
    .replace(/(\bfrom |^import )"\.\/([^"]+)\.js"/gm, '$1"./$2.cjs"')
    .replace(/\bimport\("\.\/([^"]+)\.js"\)/g, 'Promise.resolve().then(() => require("./$1.cjs"))')
    .replace(/\bawait import\("(@aws-sdk\/[^"]+|node:[^"]+)"\)/g, 'require("$1")')
    .replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n')
  const late = [...required.matchAll(/\bimport\((.*?)\)/g)].map(([, name]) => name)
  const unknown = late.filter((name) => name !== '"fast-png"')
  if (unknown.length > 0) throw new Error(`it is not said how CommonJS loads ${unknown.join(', ')}`)
  return (await transform(required, { format: 'cjs', platform: 'node', target: 'node20' })).code
}
