// Builds when nothing is built yet, so that `npm test` and `npm start` work in a fresh clone. Installing runs no code of
// ours: who installs the package gets it built, and npm warns of scripts that run while it installs.
import { existsSync } from 'node:fs'
import { run } from './run-command.mjs'

if (!existsSync('dist/index.js')) {
  console.error('building once …')
  run('npm', ['run', '--silent', 'build'])
}
