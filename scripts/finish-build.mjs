// What the build tool leaves to do, after each build.
// 1. CommonJS gets the declarations of the ES modules. type-fest is an ES module of types alone: a CommonJS declaration may
//    import its types, but TypeScript (module `node16`) wants it said that they come from an ES module. The brands stay the
//    same, whichever side they come from.
// 2. The examples are a CommonJS folder of their own, so that plain ts-node runs them; they reach the library by its
//    name, as a user's project does, through a link.
// 3. Maps give a stack trace the file and line of the source, without its text.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'

for (const file of readdirSync('dist').filter((name) => name.endsWith('.d.ts'))) {
  const text = readFileSync(`dist/${file}`, 'utf8')
  const required = text
    .replace(/(\bfrom |\bimport\()"\.\/([^"]+)\.js"/g, '$1"./$2.cjs"')
    .replace(
      /^import (?:type )?(\{[^}]*\}) from "type-fest";$/gm,
      "import type $1 from 'type-fest' with { 'resolution-mode': 'import' };",
    )
  writeFileSync(`dist/${file.replace(/ts$/, 'cts')}`, required)
}

for (const file of readdirSync('dist').filter((name) => name.endsWith('.js.map'))) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(`dist/${file}`, 'utf8'))
  writeFileSync(`dist/${file}`, JSON.stringify(map))
}

if (!existsSync('examples/node_modules/labeling-job') && existsSync('examples')) {
  mkdirSync('examples/node_modules', { recursive: true })
  symlinkSync('../..', 'examples/node_modules/labeling-job', 'junction')
}
