// @ts-check
// Builds the site: the guides of docs, every public symbol, and the playground. `npm run docs`, or with a folder.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Application, RendererEvent } from 'typedoc'
import { arrangeSite, callablesAreFunctions, titleGuides } from './arrange-site.mjs'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const PLAYGROUND = join(ROOT, 'docs/playground')

/** The guides in the order in which a reader needs them; those that are not named here come after them. */
const ORDER = [
  'first-job',
  'keys',
  'permissions',
  'security-teams',
  'preflight',
  'evidence',
  'many-jobs',
  'labels',
  'notebooks',
  'step-functions',
  'testing',
  'moving-here',
  'configuration',
  'errors',
  'problems',
  'category-problems',
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
    navigation: { includeGroups: true, includeFolders: false },
    searchInDocuments: true,
    customCss: join(ROOT, 'scripts/site.css'),
    // The types behind a public one that has no name of its own are shown where they are used.
    validation: { notExported: false, invalidLink: true, invalidPath: true },
    treatValidationWarningsAsErrors: true,
    logLevel: 'Warn',
  })
  callablesAreFunctions()
  const project = await app.convert()
  if (project === undefined) throw new Error('the sources do not compile')
  // A module goes by what a program imports.
  for (const module of project.children ?? [])
    module.name = module.name === 'index' ? 'labeling-job' : `labeling-job/${module.name}`
  arrangeSite(project)
  app.validate(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('typedoc warned: see above')
  // Pages keep the addresses that they have by the names of their files.
  app.renderer.on(RendererEvent.BEGIN, () => titleGuides(project))
  await app.generateOutputs(project)
  for (const page of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (page === 'index.html') dropSecondHeading(join(out, page))
    if (!page.endsWith('.html') || !page.includes(sep)) continue
    // typedoc writes the address of a navigation link as it is given, in every folder.
    const text = readFileSync(join(out, page), 'utf8')
    writeFileSync(join(out, page), text.replaceAll('href="playground.html"', 'href="../playground.html"'))
  }
}

// The README brings its own.
function dropSecondHeading(/** @type {string} */ file) {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/<div class="tsd-page-title">\s*<h1>labeling-job<\/h1>\s*<\/div>/, ''))
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
