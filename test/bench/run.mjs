// `npm run bench`: prints the measures with their budgets as one table in Markdown. Needs a build (`npm run build`).
// `npm run bench -- --counts` takes those that are the same on every machine, and fails when one is over its budget.
// `npm run bench -- --write` writes the table to docs/budgets.md as well.
// The benchmarks are TypeScript, so each is bundled first.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const COUNTS = [
  ['size.bench.ts', 'benchSize'],
  ['chain.bench.ts', 'benchChain'],
  ['calls.bench.ts', 'benchCalls'],
]
const TIMES = [
  ['import.bench.ts', 'benchImport'],
  ['types.bench.ts', 'benchTypes'],
  ['build.bench.ts', 'benchBuild'],
  ['decide-permission.bench.ts', 'benchDecisions', rowsOfDecisions],
  ['manifests.bench.ts', 'benchManifests', rowsOfManifests],
  ['frames.bench.ts', 'benchFrames', rowsOfFrames],
  ['export.bench.ts', 'benchExport'],
  ['prove.bench.ts', 'benchProof', rowsOfProof],
  // Over HTTP, where a moto server is named: `MOTO_ENDPOINT=http://127.0.0.1:5000 npm run bench`.
  ...(process.env.MOTO_ENDPOINT === undefined
    ? []
    : [['throughput.bench.ts', 'benchThroughput', rowsOfThroughput]]),
]
// Minutes and gigabytes: `node --expose-gc test/bench/run.mjs --million`.
const MILLION = [['prove-million.bench.ts', 'benchMillion', rowsOfMillion]]

process.chdir(new URL('../../', import.meta.url).pathname)
if (!existsSync('dist/index.js')) throw new Error('There is no build to measure: run `npm run build` first')

const rows = []
const [load = 0] = loadavg()
const onlyCounts = process.argv.includes('--counts')
const measures = process.argv.includes('--million') ? MILLION : onlyCounts ? COUNTS : [...COUNTS, ...TIMES]
for (const [file, name, rowsOf = (measured) => measured] of measures) {
  // Beside its source, so that what it reads by its own address is where it expects it.
  const bundled = `test/types/.${name}-${process.pid}.mjs`
  mkdirSync('test/types', { recursive: true })
  try {
    await build({
      entryPoints: [`test/bench/${file}`],
      outfile: bundled,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    })
    const benchmark = await import(pathToFileURL(bundled).href)
    rows.push(...rowsOf(await benchmark[name]()))
  } finally {
    rmSync(bundled, { force: true })
  }
}

const cells = rows.map(({ measure, value, budget, kept }) => [
  measure,
  value,
  budget,
  kept === undefined ? '' : kept ? 'within' : 'OVER',
])
const table = [['measure', 'measured', 'budget', 'verdict'], ...cells].map((row) =>
  row.map((cell) => cell.replaceAll('|', '\\|')),
)
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)))
const lines = table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`)
lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
console.log(lines.join('\n'))
if (process.argv.includes('--write'))
  writeFileSync(
    'docs/budgets.md',
    `# What it costs, and what it may cost

Every measure beside its budget, as \`npm run bench -- --write\` wrote it on Node ${process.versions.node}, with ${availableParallelism()} processors and
${Math.round(load)} programs that wanted them. Sizes are in kB of 1,000 bytes, minified and zipped, without the packages of others. Times
are of the processor, or beside something that everybody knows; on a machine that others use as well they are too long.
\`npm run check\` fails when a count or a size is over its budget; [why they are what they are](decisions/0004-what-the-root-costs.md).

${lines.join('\n')}
`,
  )

if (onlyCounts && rows.some(({ kept }) => kept === false)) process.exit(1)

function rowsOfDecisions({ perSecond, microsecondsEach }) {
  return [
    {
      measure: 'decidePermission on a key policy of 10 statements',
      value: `${microsecondsEach.toFixed(1)} µs, ${perSecond.toLocaleString('en-US')} a second`,
      budget: '60 µs',
      kept: microsecondsEach <= 60,
    },
  ]
}

function rowsOfFrames({ frames, objects, megabytes, milliseconds, peakHeapGrowthMb }) {
  return [
    {
      measure: `reading ${frames} frames with ${objects} objects as a stream`,
      value: `${milliseconds} ms`,
      budget: '',
    },
    {
      measure: 'growth of the heap while reading them',
      value: `${peakHeapGrowthMb} MiB of ${megabytes}`,
      budget: '32 MiB',
      kept: peakHeapGrowthMb <= 32,
    },
  ]
}

function rowsOfProof({ microseconds }) {
  return [
    {
      measure: 'proving an object, AWS left out',
      value: `${microseconds.toFixed(1)} µs`,
      budget: '30 µs',
      kept: microseconds <= 30,
    },
  ]
}

function rowsOfThroughput({ ratio, perSecond }) {
  return [
    {
      measure: 'proving 1,000 objects over HTTP beside a bare loop of HEADs',
      value: `${ratio.toFixed(2)} x, ${perSecond} a second`,
      budget: '0.8 x',
      kept: ratio >= 0.8,
    },
  ]
}

function rowsOfMillion({ counted, heads, seconds, peakHeapGrowthMb }) {
  return [
    {
      measure: `HEADs to prove ${counted.toLocaleString('en-US')} objects of the fake`,
      value: `${heads.toLocaleString('en-US')}, ${seconds} s`,
      budget: '1 each',
      kept: heads <= counted,
    },
    {
      measure: 'growth of the heap while proving them',
      value: `${peakHeapGrowthMb} MiB`,
      budget: '32 MiB',
      kept: peakHeapGrowthMb <= 32,
    },
  ]
}

function rowsOfManifests({ rows: lines, ratioToReadline, collectRatioToReadline, peakHeapGrowthMb }) {
  return [
    {
      measure: `reading ${lines} labels beside readline and JSON.parse`,
      value: `${ratioToReadline} x`,
      budget: '0.9 x',
      kept: ratioToReadline >= 0.9,
    },
    {
      measure: 'collecting them beside readline and JSON.parse',
      value: `${collectRatioToReadline} x`,
      budget: '0.8 x',
      kept: collectRatioToReadline >= 0.8,
    },
    {
      measure: 'growth of the heap while reading them',
      value: `${peakHeapGrowthMb} MiB of 200`,
      budget: '32 MiB',
      kept: peakHeapGrowthMb <= 32,
    },
  ]
}
