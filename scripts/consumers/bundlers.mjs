// Bundles of consumers, built and run: esbuild for Lambda, webpack for Node, Vite for the browser. The optional clients are
// not installed: a bundle leaves them out, and the call that needs one says which.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as buildWithEsbuild, transform } from 'esbuild'
import { runBeside } from '../run-command.mjs'
import { HANDLER, MINIFIED_NAMES, PAGE, RUN_PAGE, VITE_PROGRAM, webpackProgram } from './bundled-programs.mjs'
import { makeProject, REQUIRED_CLIENTS, writeFiles } from './make-project.mjs'

const TOOLS = ['vite@8.3.8', 'webpack@5.112.2']
const LAMBDA = { bundle: true, platform: 'node', target: 'node20', logLevel: 'silent' }

/** Gives the consumers that bundle. */
export async function bundlerConsumers({ tarball, folder }) {
  await makeProject(folder, [tarball, ...REQUIRED_CLIENTS, ...TOOLS])
  const compiled = await transform(HANDLER, { format: 'cjs', target: 'node20' })
  writeFiles(folder, { 'handler.mjs': HANDLER, 'compiled.cjs': compiled.code, 'page.mjs': PAGE })
  return [
    ...[false, true].flatMap((minify) => [
      esbuildConsumer(folder, { name: 'CommonJS, the SDK in it', format: 'cjs', minify }),
      esbuildConsumer(folder, {
        name: 'ESM, the SDK outside',
        format: 'esm',
        minify,
        external: ['@aws-sdk/*'],
      }),
      esbuildConsumer(folder, {
        name: 'compiled to CommonJS before, the SDK in it',
        entry: 'compiled.cjs',
        format: 'cjs',
        minify,
      }),
    ]),
    webpackConsumer(folder, { name: 'ESM', type: 'module', file: 'handler.mjs' }),
    webpackConsumer(folder, { name: 'CommonJS', type: 'commonjs2', file: 'handler.cjs' }),
    webpackConsumer(folder, {
      name: 'compiled to CommonJS before',
      entry: 'compiled.cjs',
      type: 'commonjs2',
      file: 'compiled.cjs',
    }),
    {
      name: 'Vite, decidePermission and manifests in a browser',
      run: () => buildPage(folder),
    },
  ]
}

function esbuildConsumer(folder, { name, entry = 'handler.mjs', format, minify, external = [] }) {
  return {
    name: `esbuild for Lambda, ${name}${minify ? ', minified' : ''}`,
    run: async () => {
      const file = `esbuild-${entry}-${format}-${minify}.${format === 'cjs' ? 'cjs' : 'mjs'}`
      const options = {
        ...LAMBDA,
        format,
        minify,
        external,
        absWorkingDir: folder,
        outfile: join(folder, file),
      }
      const { warnings } = await buildWithEsbuild({ ...options, entryPoints: [entry] })
      if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'))
      return runHandler(folder, file, minify)
    },
  }
}

function webpackConsumer(folder, { name, entry = 'handler.mjs', type, file }) {
  return {
    name: `webpack for Node, ${name}`,
    run: async () => {
      const place = `webpack-${type}-${entry}`
      const settings = {
        mode: 'production',
        target: 'node20',
        context: folder,
        entry: `./${entry}`,
        experiments: { outputModule: type === 'module' },
        output: { path: join(folder, place), filename: file, library: { type } },
        // As serverless frameworks set it: the minifier is asked of esbuild.
        optimization: { minimize: false },
      }
      writeFiles(folder, { [`${place}.mjs`]: webpackProgram(settings) })
      const printed = await runBeside(process.execPath, [`${place}.mjs`], { cwd: folder })
      const { errors, warnings } = JSON.parse(printed)
      // It warns of packages that stand in a `try` and are not there, and builds.
      const unexpected = [
        ...errors,
        ...warnings.filter((text) => !/Can't resolve '(?:@aws-sdk\/client-|fast-png')/.test(text)),
      ]
      if (unexpected.length > 0) throw new Error(unexpected.join('\n'))
      return runHandler(folder, join(place, file), false)
    },
  }
}

/** Runs a bundle as Lambda does: its handler is called. */
async function runHandler(folder, file, minified) {
  const call = `import('./${file.replaceAll('\\', '/')}').then(({ handler, default: all }) => (handler ?? all.handler)()).then(console.log)`
  const printed = await runBeside(process.execPath, ['-e', call], { cwd: folder })
  if (!printed.includes('handled')) throw new Error(printed)
  if (minified && !printed.includes(MINIFIED_NAMES)) throw new Error(`It was not minified:\n${printed}`)
  return `${Math.round(readFileSync(join(folder, file)).length / 1024)} kB`
}

/** Builds a page without a word of Vite's, and runs it where nothing of Node is. */
async function buildPage(folder) {
  writeFiles(folder, { 'vite-build.mjs': VITE_PROGRAM, 'vite-run.mjs': RUN_PAGE })
  const printed = await runBeside(process.execPath, ['vite-build.mjs'], { cwd: folder })
  const said = JSON.parse(printed.trim().split('\n').at(-1))
  if (said.length > 0) throw new Error(said.join('\n'))
  const run = ['--experimental-vm-modules', '--no-warnings', 'vite-run.mjs', join(folder, 'vite/page.js')]
  const shown = (await runBeside(process.execPath, run, { cwd: folder })).trim()
  const [is, size] = shown.split(' | ')
  if (is !== 'allowed; 1 label; 1 line') throw new Error(shown)
  // More than that is code for Node, which stands in one chunk with what the page uses: see the groups in tsup.config.ts.
  if (Number.parseInt(size, 10) > 145) throw new Error(`the page is ${size}`)
  return size
}
