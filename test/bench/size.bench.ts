import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Row } from './row.js'

/** Measures the root entry, minified and zipped, peers left out: what loads at once, and with all that loads later. */
export async function benchSize(): Promise<readonly Row[]> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['dist/index.js'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
  })
  const sizes = new Map(
    Object.keys(metafile.outputs).map((name) => {
      const file = outputFiles.find(({ path }) => path.replaceAll('\\', '/').endsWith(name))
      return [name, gzipSync(file?.contents ?? new Uint8Array()).length]
    }),
  )
  const atOnce = new Set(['out/index.js'])
  const builtins = new Set<string>()
  for (const name of atOnce) {
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external === true) builtins.add(path)
      else atOnce.add(path)
    }
  }
  const first = sum([...atOnce].map((name) => sizes.get(name) ?? 0))
  return [
    { measure: 'root entry, min + gzip', value: kilobytes(first), budget: '14 kB', kept: first <= 14_000 },
    {
      measure: 'root entry with all that loads later',
      value: kilobytes(sum([...sizes.values()])),
      budget: '',
    },
    {
      measure: 'packages and modules of Node that the root entry imports',
      value: builtins.size === 0 ? 'none' : [...builtins].join(', '),
      budget: 'none',
      kept: builtins.size === 0,
    },
  ]
}

const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(2)} kB`
