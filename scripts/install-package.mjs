// Makes an empty project and installs the packed package in it, without its peers.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run-command.mjs'

/** Installs a tarball into a new folder; the SDK stays out, so that what needs it shows. */
export function installPackage(tarball, folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--legacy-peer-deps', tarball], {
    cwd: folder,
  })
}
