import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Row } from './row.js'

const ENTRIES = ['permissions', 'manifests', 'evidence', 'export', 'step-functions', 'testing']

/** What a program carries of one function; the smallest tells whether all else is left out. */
const ALONE = [
  ['s3Uri', 'index', 2_000],
  ['labelingJob', 'index', undefined],
  ['readLabels', 'manifests', 16_000],
  ['toCoco', 'export', 16_000],
] as const

/** Measures what a program carries with it: files that load at once, and bytes, minified and zipped, peers left out. */
export async function benchSize(): Promise<readonly Row[]> {
  const root = await bundle("export * from './dist/index.js'", true)
  // Not split: the bundler would add to the page what only late imports of others need.
  const page = await bundle("export { decidePermission } from './dist/permissions.js'", false)
  const files = filesAtOnce('index.js').length
  return [
    {
      measure: "files of ours that import 'labeling-job' loads",
      value: String(files),
      budget: '3',
      kept: files <= 3,
    },
    {
      measure: 'packages and modules of Node that it loads',
      value: root.externals.join(', ') || 'none',
      budget: 'none',
      kept: root.externals.length === 0,
    },
    {
      measure: 'root entry, min + gzip',
      value: kilobytes(root.atOnce),
      budget: '29 kB',
      kept: root.atOnce <= 29_000,
    },
    { measure: 'root entry with all that loads later', value: kilobytes(root.inAll), budget: '' },
    {
      measure: 'a page with decidePermission alone, min + gzip',
      value: kilobytes(page.atOnce),
      budget: '19 kB',
      kept: page.atOnce <= 19_000,
    },
    ...(await Promise.all(ALONE.map(rowOfOne))),
    ...(await Promise.all(ENTRIES.map(rowOfEntry))),
  ]
}

async function rowOfOne([name, entry, budget]: (typeof ALONE)[number]): Promise<Row> {
  const { atOnce } = await bundle(`export { ${name} } from './dist/${entry}.js'`, false)
  return {
    measure: `a program with ${name} alone, and all that it loads later, min + gzip`,
    value: kilobytes(atOnce),
    budget: budget === undefined ? '' : kilobytes(budget),
    ...(budget !== undefined && { kept: atOnce <= budget }),
  }
}

async function rowOfEntry(entry: string): Promise<Row> {
  const { atOnce, inAll } = await bundle(`export * from './dist/${entry}.js'`, true)
  const files = filesAtOnce(`${entry}.js`).length
  return {
    measure: `the entry ${entry}: files it loads, min + gzip, and with all that loads later`,
    value: `${files}, ${kilobytes(atOnce)}, ${kilobytes(inAll)}`,
    budget: '12 files',
    kept: files <= 12,
  }
}

/** Bundles a program as a user's bundler would; gives what loads at once, all of it, and what it imports from elsewhere. */
async function bundle(program: string, splitting: boolean) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: '.', sourcefile: 'index.js' },
    bundle: true,
    splitting,
    format: 'esm',
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    external: ['@aws-sdk/*', 'fast-png'],
    logLevel: 'silent',
  })
  const sizes = new Map(
    Object.keys(metafile.outputs).map((name) => {
      const file = outputFiles.find(({ path }) => path.replaceAll('\\', '/').endsWith(name))
      return [name, gzipSync(file?.contents ?? new Uint8Array()).length]
    }),
  )
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === 'index.js')?.[0]
  if (entry === undefined) throw new Error('The program that is measured has no entry')
  const atOnce = new Set([entry])
  const externals = new Set<string>()
  for (const name of atOnce) {
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external === true) externals.add(path)
      else atOnce.add(path)
    }
  }
  return {
    atOnce: sum([...atOnce].map((name) => sizes.get(name) ?? 0)),
    inAll: sum([...sizes.values()]),
    externals: [...externals],
  }
}

/** The files of the package that one of them loads at once, itself included. */
function filesAtOnce(start: string): readonly string[] {
  const files = new Set([start])
  for (const file of files) {
    const text = readFileSync(`dist/${file}`, 'utf8')
    for (const [, target] of text.matchAll(/^(?:import|export|\}) ?(?:.*from )?"\.\/(.+)";$/gm))
      files.add(posix.normalize(target as string))
  }
  return [...files]
}

const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(2)} kB`
