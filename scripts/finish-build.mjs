// What the build tool leaves to do, after each build.
// 1. type-fest is an ES module of types alone. A CommonJS declaration file may import its types, but TypeScript (module
//    `node16`) wants it said that they come from an ES module. The brands stay the same, whichever side they come from.
// 2. The examples are a CommonJS folder of their own, so that plain ts-node runs them; they reach the library by its
//    name, as a user's project does, through a link.
// 3. Maps give a stack trace the file and line of the source, without its text; those of the CommonJS files lead to what
//    the build tool made on the way, which nobody has.
// 4. An import for nothing but its types is left over as one for its effects, which `type-fest` has none of.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'

for (const file of readdirSync('dist').filter((name) => /\.d\.c?ts$/.test(name))) {
  const text = readFileSync(`dist/${file}`, 'utf8')
  const bare = text.replace(/^import 'type-fest';\n/gm, '')
  const marked = file.endsWith('.d.cts')
    ? bare.replace(
        /^import (?:type )?(\{[^}]*\}) from 'type-fest';$/gm,
        "import type $1 from 'type-fest' with { 'resolution-mode': 'import' };",
      )
    : bare
  if (marked !== text) writeFileSync(`dist/${file}`, marked)
}

for (const file of readdirSync('dist').filter((name) => name.endsWith('.cjs'))) {
  const text = readFileSync(`dist/${file}`, 'utf8')
  writeFileSync(`dist/${file}`, text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n'))
  rmSync(`dist/${file}.map`, { force: true })
}
for (const file of readdirSync('dist').filter((name) => name.endsWith('.js.map'))) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(`dist/${file}`, 'utf8'))
  writeFileSync(`dist/${file}`, JSON.stringify(map))
}

if (!existsSync('examples/node_modules/labeling-job') && existsSync('examples')) {
  mkdirSync('examples/node_modules', { recursive: true })
  symlinkSync('../..', 'examples/node_modules/labeling-job', 'junction')
}
