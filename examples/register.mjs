// Has ts-node read the examples, on Node 20 as well: node --import ./examples/register.mjs examples/quickstart.mts
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'

process.env['TS_NODE_PROJECT'] ??= fileURLToPath(new URL('./tsconfig.json', import.meta.url))
register('ts-node/esm', import.meta.url)
