// Proves that the licence of every package in the lock file is one that this project may build with, and that what a user
// installs with it is under a permissive one. A licence that is new here is looked at by a person, and added with a reason.
import { readFileSync } from 'node:fs'

/** Take nothing but the notice. */
const PERMISSIVE = [
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
]
/** Copyleft by the file, a list of changes with each copy, or data that names its source: fine for a tool that is not handed out. */
const TOOLS_ONLY = ['MPL-2.0', 'Python-2.0', 'CC-BY-4.0']

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const refused = Object.entries(packages)
  .filter(([path]) => path !== '')
  .flatMap(([path, { license = 'none', dev = false, peer = false }]) => {
    const allowed = dev || peer ? [...PERMISSIVE, ...TOOLS_ONLY] : PERMISSIVE
    return isAllowed(license, allowed) ? [] : [`${path}: ${license}`]
  })
if (refused.length > 0) {
  console.error(`these licences are not among those that were looked at:\n${refused.join('\n')}`)
  process.exit(1)
}
const carried = Object.entries(packages).filter(
  ([path, { dev, peer, optional, devOptional }]) => path !== '' && !dev && !peer && !optional && !devOptional,
)
console.log(
  `note: ${Object.keys(packages).length - 1} packages looked at; users get ${carried
    .map(([path, { license }]) => `${path.replace('node_modules/', '')} (${license})`)
    .join(', ')}`,
)

/** A choice is allowed when one of it is, and a sum when all of it are. */
function isAllowed(license, allowed) {
  const bare = license.replace(/^\((.*)\)$/, '$1')
  if (bare.includes(' OR ')) return bare.split(' OR ').some((one) => isAllowed(one, allowed))
  if (bare.includes(' AND ')) return bare.split(' AND ').every((one) => isAllowed(one, allowed))
  return allowed.includes(bare)
}
