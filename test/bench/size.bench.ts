import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { ENTRIES as BUILT } from '../../scripts/entries.mjs'
import type { Row } from './row.js'

const ENTRIES = Object.keys(BUILT).filter((name) => name !== 'index')

/** What a program carries of one function; the smallest tells whether all else is left out. */
const ALONE = [
  ['s3Uri', 'index', 2_000],
  ['connect', 'index', 4_500],
  ['labelingJob', 'index', 21_000],
  ['decidePermission', 'permissions', 19_000],
  ['requiredPermissions', 'permissions', 8_500],
  ['readLabels', 'manifests', 12_500],
  ['manifest', 'manifests', 8_500],
  ['toCoco', 'export', 12_000],
] as const

/** Measures what a program carries with it: files that load at once, and bytes, minified and zipped, peers left out. */
export async function benchSize(): Promise<readonly Row[]> {
  const root = await bundle("export * from './dist/index.js'")
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
      measure: 'all of the root entry, min + gzip',
      value: kilobytes(root.atOnce),
      budget: '29 kB',
      kept: root.atOnce <= 29_000,
    },
    {
      measure: 'the same where the bundler splits, and with all that loads later',
      value: `${kilobytes(root.split)}, ${kilobytes(root.inAll)}`,
      budget: '',
    },
    ...(await Promise.all(ALONE.map(rowOfOne))),
    ...(await Promise.all(ENTRIES.map(rowOfEntry))),
  ]
}

async function rowOfOne([name, entry, budget]: (typeof ALONE)[number]): Promise<Row> {
  const { atOnce } = await bundle(`export { ${name} } from './dist/${entry}.js'`)
  return {
    measure: `a program with ${name} alone, min + gzip`,
    value: kilobytes(atOnce),
    budget: kilobytes(budget),
    kept: atOnce <= budget,
  }
}

async function rowOfEntry(entry: string): Promise<Row> {
  const { atOnce, inAll } = await bundle(`export * from './dist/${entry}.js'`)
  const files = filesAtOnce(`${entry}.js`).length
  return {
    measure: `all of the entry ${entry}: files it loads, min + gzip, and with all that loads later`,
    value: `${files}, ${kilobytes(atOnce)}, ${kilobytes(inAll)}`,
    budget: '12 files',
    kept: files <= 12,
  }
}

/** The sizes of a program, zipped. */
interface Sizes {
  /** As one file, without what loads later. */
  readonly atOnce: number
  /** The same as the files that a bundler makes which splits: it keeps together what it cannot part. */
  readonly split: number
  readonly inAll: number
  /** What it imports from elsewhere at once. */
  readonly externals: readonly string[]
}

/** Bundles a program as a user's bundler would: into one file that leaves out what loads later, and split. */
async function bundle(program: string): Promise<Sizes> {
  const options: BuildOptions = {
    stdin: { contents: program, resolveDir: '.', sourcefile: 'index.js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    outdir: 'out',
    external: ['@aws-sdk/*', 'fast-png'],
    logLevel: 'silent',
  }
  const { outputFiles: files, metafile } = await build({
    ...options,
    splitting: true,
    write: false,
    metafile: true,
  })
  const sizes = new Map(
    Object.keys(metafile.outputs).map((name) => {
      const file = files.find(({ path }) => path.replaceAll('\\', '/').endsWith(name))
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
  const { outputFiles: one } = await build({ ...options, write: false, plugins: [WITHOUT_WHAT_LOADS_LATER] })
  return {
    atOnce: gzipSync(one[0]?.contents ?? new Uint8Array()).length,
    split: sum([...atOnce].map((name) => sizes.get(name) ?? 0)),
    inAll: sum([...sizes.values()]),
    externals: [...externals],
  }
}

const WITHOUT_WHAT_LOADS_LATER: Plugin = {
  name: 'without-what-loads-later',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
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
