// Has ts-node read the examples, on Node 20 as well: node --import ./examples/register.mjs examples/quickstart.mts
// Copied beside an example it does the same there, with the tsconfig.json of that folder if it has one.
import { existsSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('./tsconfig.json', import.meta.url))
if (existsSync(project)) process.env['TS_NODE_PROJECT'] ??= project
register('ts-node/esm', import.meta.url)
