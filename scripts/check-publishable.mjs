// Stands before `npm publish`: says what a version still lacks. The addresses of the repository are the publisher's to
// fill in, and provenance is given for the repository that they name.
import { readFileSync } from 'node:fs'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const changelog = readFileSync('CHANGELOG.md', 'utf8')
const heading = `## ${manifest.version} (`
const lacking = [
  ...['repository', 'homepage', 'bugs', 'author'].filter((field) => manifest[field] === undefined),
  ...(changelog.includes(heading) ? [] : [`a dated heading in CHANGELOG.md: ${heading}2026-12-01)`]),
]
if (lacking.length > 0) {
  console.error(`not published: package.json or the changelog lacks ${lacking.join('; ')}`)
  process.exit(1)
}
