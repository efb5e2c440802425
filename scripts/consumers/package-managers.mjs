// A fresh install by each package manager: no word of warning, and the package runs.
import { join } from 'node:path'
import { run, runBeside } from '../run-command.mjs'
import { REQUIRED_CLIENTS, writeFiles } from './make-project.mjs'

const MANAGERS = {
  'npm@10': ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
  'npm@11': ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
  'pnpm@12': ['pnpm', 'add'],
  'yarn@1': ['yarn', 'add', '--non-interactive'],
  '@yarnpkg/cli-dist@4': ['yarn', 'add'],
}
/** A peer that is missing, a script that runs at install, something deprecated; in the words of all of them. */
const WARNING = /\bwarn|deprecated|peer|scripts?\b.*(?:ignored|blocked|not yet covered)|YN0002|YN0060|YN0086/i
/** Said of settings of the machine. */
const OF_THE_MACHINE = /Unknown (?:env|user|project|builtin|global|cli) config|npmrc/

/** Gives the consumers that install. */
export async function packageManagerConsumers({ tarball, folder }) {
  const registry = run('npm', ['config', 'get', 'registry']).trim()
  const env = {
    ...process.env,
    CI: 'true',
    YARN_NODE_LINKER: 'node-modules',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
  }
  return Object.entries(MANAGERS).map(([tool, command], index) => ({
    name: `${tool.replace('@yarnpkg/cli-dist', 'yarn').replace('@', ' ')}, a fresh install`,
    run: async () => {
      const place = join(folder, String(index))
      // As `npm init -y` writes it; a lockfile ends the search for a workspace above.
      const manifest = { name: 'consumer', version: '1.0.0', private: true, license: 'ISC', type: 'commonjs' }
      writeFiles(place, {
        'package.json': JSON.stringify(manifest),
        ...(tool.startsWith('@yarnpkg') && { 'yarn.lock': '' }),
        'import.mjs': "import { labelingJob } from 'labeling-job'\nlabelingJob()\n",
        'require.js': "require('labeling-job').labelingJob()\n",
      })
      const given = tool.startsWith('@yarnpkg') ? `labeling-job@file:${tarball}` : tarball
      const printed = await runBeside('npx', ['--yes', '-p', tool, ...command, given, ...REQUIRED_CLIENTS], {
        cwd: place,
        env,
      })
      const warnings = printed.split('\n').filter((line) => WARNING.test(line) && !OF_THE_MACHINE.test(line))
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
      for (const program of ['import.mjs', 'require.js'])
        await runBeside(process.execPath, [program], { cwd: place })
    },
  }))
}
