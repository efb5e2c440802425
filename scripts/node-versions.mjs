// The Nodes that the package supports, this one or out of the registry.
import { runBeside } from './run-command.mjs'

export const NODES = ['20', '22', '24']

const found = new Map()

/** Gives the path of a Node by its major version; npm keeps it where npx does. */
export function findNode(version) {
  const [own] = process.versions.node.split('.')
  if (version === own) return Promise.resolve(process.execPath)
  if (!found.has(version)) found.set(version, fetchNode(version))
  return found.get(version)
}

async function fetchNode(version) {
  const printed = await runBeside('npx', ['--yes', '-p', `node@${version}`, 'node', '-p', 'process.execPath'])
  return printed.trim().split('\n').at(-1)
}
