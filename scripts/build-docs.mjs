// @ts-check
// Builds the site: the guides of docs, every public symbol, and the playground. `npm run docs`, or with a folder.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Application } from 'typedoc'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const PLAYGROUND = join(ROOT, 'docs/playground')

/** The guides in the order in which a reader needs them; those that are not named here come after them. */
const ORDER = [
  'first-job',
  'keys',
  'permissions',
  'security-teams',
  'preflight',
  'many-jobs',
  'labels',
  'notebooks',
  'evidence',
]

/** @param {string} out */
export async function buildSite(out) {
  await buildReference(out)
  await buildPlayground(join(out, 'playground.html'))
}

/** @param {string} out */
async function buildReference(out) {
  const app = await Application.bootstrapWithPlugins({
    name: 'labeling-job',
    entryPoints: entryFiles(),
    tsconfig: join(ROOT, 'tsconfig.json'),
    projectDocuments: [...guides(), join(ROOT, 'docs/decisions/*.md')],
    readme: join(ROOT, 'README.md'),
    out,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    disableSources: true,
    includeHierarchySummary: false,
    githubPages: false,
    hideGenerator: true,
    navigationLinks: { Playground: 'playground.html' },
    // The types behind a public one that has no name of its own are shown where they are used.
    validation: { notExported: false, invalidLink: true, invalidPath: true },
    treatValidationWarningsAsErrors: true,
    logLevel: 'Warn',
  })
  const project = await app.convert()
  if (project === undefined) throw new Error('the sources do not compile')
  // A module goes by what a program imports.
  for (const module of project.children ?? [])
    module.name = module.name === 'index' ? 'labeling-job' : `labeling-job/${module.name}`
  app.validate(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('typedoc warned: see above')
  await app.generateOutputs(project)
  for (const page of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!page.endsWith('.html') || !page.includes(sep)) continue
    // typedoc writes the address of a navigation link as it is given, in every folder.
    const text = readFileSync(join(out, page), 'utf8')
    writeFileSync(join(out, page), text.replaceAll('href="playground.html"', 'href="../playground.html"'))
  }
}

function entryFiles() {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return Object.keys(exports)
    .filter((name) => !name.endsWith('.json'))
    .map((name) => join(ROOT, 'src', name, 'index.ts'))
}

function guides() {
  const place = (/** @type {string} */ file) => {
    const index = ORDER.indexOf(file.replace('.md', ''))
    return index === -1 ? ORDER.length : index
  }
  return readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .sort((one, other) => place(one) - place(other) || one.localeCompare(other))
    .map((file) => join(ROOT, 'docs', file))
}

/**
 * One file without outside addresses, so that it works from a disk as well.
 * @param {string} out
 */
async function buildPlayground(out) {
  const { outputFiles } = await build({
    entryPoints: [join(PLAYGROUND, 'playground.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    external: ['@aws-sdk/*', 'node:*', 'fast-png'],
    write: false,
    logLevel: 'error',
  })
  const script = outputFiles[0]?.text.replaceAll('</script', '<\\/script') ?? ''
  const style = readFileSync(join(PLAYGROUND, 'playground.css'), 'utf8')
  const page = readFileSync(join(PLAYGROUND, 'index.html'), 'utf8')
    .replace('/* style */', () => style)
    .replace('/* script */', () => script)
  writeFileSync(out, page)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite(process.argv[2] ?? join(ROOT, 'site'))
