// @ts-check
// Builds the site and asks of it what a reader would: that every link leads somewhere, and that the playground, in
// Chromium, answers the cases of the tests, with the keyboard, and on a small screen.
// Usage: check-site.mjs <folder> [<folder for pictures>]
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSite } from './build-docs.mjs'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

const [site, pictures] = process.argv.slice(2).map((folder) => resolve(folder))
if (site === undefined) throw new Error('usage: check-site.mjs <folder> [<folder for pictures>]')
await buildSite(site)
checkLinks(site)
if (CHROMIUM === undefined) console.log('note: no Chromium here, so the playground was not opened')
else {
  await checkPages(site, CHROMIUM)
  await checkPlayground(join(site, 'playground.html'), CHROMIUM)
}

/** @param {string} folder */
function checkLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  )
  /** @type {Map<string, ReadonlySet<string>>} */
  const anchors = new Map()
  const broken = []
  let count = 0
  for (const page of pages) {
    const text = readFileSync(join(folder, page), 'utf8')
    for (const [, link = ''] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^(?:https?:|mailto:)/.test(link)) continue
      count++
      const [path = '', anchor = ''] = link.split('#')
      const file = path === '' ? join(folder, page) : join(folder, dirname(page), decodeURIComponent(path))
      if (!existsSync(file)) broken.push(`${page}: ${link}`)
      else if (
        anchor !== '' &&
        file.endsWith('.html') &&
        !anchorsOf(file, anchors).has(decodeURIComponent(anchor))
      )
        broken.push(`${page}: ${link} (no such place)`)
    }
  }
  assert.deepEqual([...new Set(broken)], [], 'every link of the site leads somewhere')
  console.log(`note: ${pages.length} pages, ${count} links`)
}

/**
 * @param {string} file
 * @param {Map<string, ReadonlySet<string>>} known
 */
function anchorsOf(file, known) {
  const found =
    known.get(file) ??
    new Set([...readFileSync(file, 'utf8').matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id))
  known.set(file, found)
  return found
}

/**
 * Guides fit a small screen, and the search finds guides and functions, all of it from a disk.
 * @param {string} folder
 * @param {string} executablePath
 */
async function checkPages(folder, executablePath) {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 800 } })
    const guides = readdirSync(join(folder, 'documents')).map((file) => `documents/${file}`)
    const functions = readdirSync(join(folder, 'functions')).map((file) => `functions/${file}`)
    const wide = []
    for (const file of ['index.html', ...guides, ...functions]) {
      await page.goto(pathToFileURL(join(folder, file)).href)
      const content = Number(await page.evaluate('document.documentElement.scrollWidth'))
      if (content > 400) wide.push(`${file}: ${content}`)
    }
    assert.deepEqual(wide, [], 'no page is wider than a small screen')
    for (const [words, found] of [
      ['errors', 'documents/errors.html'],
      ['preflight', 'functions/labeling-job.preflight.html'],
    ]) {
      await page.goto(pathToFileURL(join(folder, 'index.html')).href)
      await page.keyboard.press('/')
      await page.fill('#tsd-search-input', words ?? '')
      await page.waitForSelector(`#tsd-search-results a[href*="${found}"]`, { timeout: 10_000 })
    }
    console.log(
      `note: ${guides.length + functions.length + 1} pages fit 400 px, and the search finds what it should`,
    )
  } finally {
    await browser.close()
  }
}

/**
 * @param {string} file
 * @param {string} executablePath
 */
async function checkPlayground(file, executablePath) {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    /** @type {string[]} */
    const trouble = []
    page.on('pageerror', (error) => trouble.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) trouble.push(`it asked for ${request.url()}`)
    })
    await page.goto(pathToFileURL(file).href)
    const cases = JSON.parse(readFileSync(join(ROOT, 'test/fixtures/permission-cases.json'), 'utf8'))
    await checkCases(page, cases)
    await checkKeyboard(page)
    await picture(page, 'playground-1280')
    await page.setViewportSize({ width: 400, height: 800 })
    const [width, content] = await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')
    assert.ok(content <= width, `at ${width} px the page is ${content} px wide`)
    await picture(page, 'playground-400')
    assert.deepEqual(trouble, [], 'the playground runs without errors and asks for nothing')
    console.log(`note: the playground answers ${cases.length} cases as the library does`)
  } finally {
    await browser.close()
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {readonly { readonly name: string, readonly question: Record<string, unknown>, readonly expected: string }[]} cases
 */
async function checkCases(page, cases) {
  for (const { name, question, expected } of cases) {
    const { roleArn, keyArn, action, keyPolicy, identityPolicies, boundary, grants, ...more } = question
    const fields = { roleArn, keyArn, action, keyPolicy, identityPolicies, boundary, grants, more }
    const texts = Object.entries(fields).map(([field, value]) => [field, textOf(value)])
    const fragment = Buffer.from(JSON.stringify(Object.fromEntries(texts))).toString('base64url')
    await page.evaluate(`location.hash = 'permission=${fragment}'`)
    const verdict = await page.evaluate(
      `new Promise((tell) => setTimeout(() => tell(document.querySelector('#permission [data-verdict]')?.dataset.verdict)))`,
    )
    assert.equal(verdict, expected, name)
  }
}

/** @param {unknown} value */
function textOf(value) {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
}

/** @param {import('playwright-core').Page} page */
async function checkKeyboard(page) {
  await page.focus('#tab-permission')
  await page.keyboard.press('ArrowRight')
  assert.equal(await page.evaluate('document.activeElement.id'), 'tab-request')
  assert.equal(await page.isVisible('#request'), true)
  assert.equal(await page.isVisible('#permission'), false)
  assert.ok(Number(await page.getAttribute('#request [data-problems]', 'data-problems')) > 3)
  await page.fill('#request [name="body"]', '{ "LabelingJobName": ')
  assert.match(String(await page.textContent('#request output')), /it is no JSON/)
  await picture(page, 'playground-request')
  await page.keyboard.press('Escape')
  await page.focus('#tab-request')
  await page.keyboard.press('ArrowLeft')
  await page.fill('#permission [name="action"]', 'kms:CreateGrant')
  assert.match(String(await page.textContent('#permission output')), /kms:CreateGrant/)
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
async function picture(page, name) {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}
