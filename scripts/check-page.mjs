// Opens the page of evidence in Chromium: no wider than the window at 1280 and 400 px, nothing asked of the network, no
// script run by a hostile name, and a PDF of A4 pages. Debian's package `chromium` is looked for; without it the step
// says so and passes. `--keep <folder>` keeps the pictures, to be looked at.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { collectEvidence } from '../dist/evidence.js'
import { imageClassification, labelingJob, outputKey } from '../dist/index.js'
import { fakeAws } from '../dist/testing.js'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = browsers.find((path) => existsSync(path))
if (executablePath === undefined) {
  console.log(
    'note: the page of evidence was not opened: there is no chromium here (apt-get install chromium)',
  )
  process.exit(0)
}

const keep = process.argv.indexOf('--keep')
const folder = keep < 0 ? mkdtempSync(join(tmpdir(), 'evidence-page-')) : process.argv[keep + 1]
const page = join(folder, 'evidence.html')
writeFileSync(page, (await regionWithFindings()).toHtml())

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const problems = []
for (const width of [1280, 400]) {
  const tab = await browser.newPage({ viewport: { width, height: 900 } })
  tab.on('request', (request) => {
    if (!request.url().startsWith('file:')) problems.push(`asks for ${request.url()}`)
  })
  tab.on('dialog', (dialog) => {
    problems.push('runs a script')
    void dialog.dismiss()
  })
  tab.on('console', (message) => problems.push(`says ${message.text()}`))
  await tab.goto(`file://${page}`)
  const { needs, text } = await tab.evaluate(() => ({
    needs: document.documentElement.scrollWidth,
    text: document.body.textContent,
  }))
  if (needs > width) problems.push(`is ${needs} px wide in a window of ${width}`)
  if (!text.includes('keyless') || !text.includes('<script>')) problems.push('does not show what it should')
  if (keep >= 0) await tab.screenshot({ path: join(folder, `${width}.png`), fullPage: true })
  if (width === 1280) {
    const pdf = await tab.pdf({ format: 'A4', ...(keep >= 0 && { path: join(folder, 'evidence.pdf') }) })
    const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    if (sheets < 1 || sheets > 5) problems.push(`takes ${sheets} sheets of paper`)
  }
}
await browser.close()
for (const problem of problems) console.error(`the page ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)

async function regionWithFindings() {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt-output' })
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  cloud.role({ name: 'GtExec', inline: { all: { Version: '2012-10-17', Statement: [all] } } })
  cloud.object('s3://acme-gt/ui/page.html', '<crowd-form></crowd-form>')
  cloud.object('s3://acme-gt/ui/labels.json', '{"labels":[{"label":"a"},{"label":"b"}]}')
  cloud.object('s3://acme-gt/in/dataset.manifest', '{"source-ref":"s3://acme-gt/in/1.jpg"}\n')
  const job = labelingJob('keyless')
    .task(
      imageClassification({
        title: 'Classify',
        description: 'Classify it',
        template: 's3://acme-gt/ui/page.html',
        labels: 's3://acme-gt/ui/labels.json',
      }),
    )
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-gt/out/')
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team')
  const aws = cloud.connect()
  for (const each of [job, job.named('good').output('s3://acme-gt/out/', outputKey('alias/gt-output'))])
    await (await each.create(aws)).completed()
  cloud.object('s3://acme-gt/out/good/<script>alert(1)</script><img src=x onerror=alert(2)>', 'x')
  return collectEvidence(aws)
}
