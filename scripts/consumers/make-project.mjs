// Projects of consumers: a folder with the packed package in it, and what else it needs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runBeside } from '../run-command.mjs'

/** What the peers of the package may be, by name. */
export const REQUIRED_CLIENTS = ['@aws-sdk/client-sagemaker', '@aws-sdk/client-kms', '@aws-sdk/client-sts']

/** Makes a folder with a manifest and installs packages in it, the tarball among them. */
export async function makeProject(folder, packages, { peers = true } = {}) {
  writeFiles(folder, { 'package.json': '{ "private": true, "type": "module" }\n' })
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']
  // Without its peers, so that what needs the SDK shows.
  const alone = peers ? [] : ['--legacy-peer-deps']
  await runBeside('npm', ['install', ...quietly, ...alone, ...packages], { cwd: folder })
}

/** Writes files, by their names in the folder. */
export function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}
