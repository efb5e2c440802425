import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EvidenceData } from '../../../src/evidence/index.js'
import { collectEvidence, writeEvidence } from '../../../src/evidence/index.js'
import { recordAsAsff } from '../../../src/evidence/record/record-asff.js'
import { evidenceLine } from '../../../src/evidence/record/record-csv.js'
import { recordAsHtml } from '../../../src/evidence/record/record-html.js'
import { notebookOutput, strayHtml } from '../../support/notebook-output.js'
import { evidenceWorld } from '../evidence-world.js'
import { type EvidenceRegion, evidenceRegion, HOSTILE } from './evidence-region.js'

let region: EvidenceRegion
beforeAll(async () => {
  region = await evidenceRegion()
})

/** Reads CSV as RFC 4180 has it, written apart from what writes it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/gy
  for (const [, value = '', end] of text.matchAll(cell)) {
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

async function objectRows({ evidence }: Pick<EvidenceRegion, 'evidence'>) {
  let text = ''
  for await (const line of evidence.objectsCsv()) text += line
  const [header = [], ...rows] = readCsv(text)
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
}

test('the table of objects ends when its signal is aborted, in the middle of a job', async () => {
  const stop = new AbortController()
  const lines: string[] = []
  const reading = async () => {
    for await (const line of region.evidence.objectsCsv({ signal: stop.signal })) {
      lines.push(line)
      if (lines.length === 3) stop.abort()
    }
  }

  await expect(reading()).rejects.toMatchObject({ code: 'aborted' })
  expect(lines.length).toBeLessThan((await objectRows(region)).length)
  expect(() => region.evidence.objectsCsv({ sginal: stop.signal } as never)).toThrow(
    'it has no option sginal',
  )
})

describe('the table of jobs', () => {
  test('has a line a job, with what it declares beside what was found', () => {
    const [header = [], ...rows] = readCsv(region.evidence.toCsv())
    const of = (column: string) => rows.map((row) => row[header.indexOf(column)])

    expect(of('name')).toEqual(['good', 'by-machine', 'keyless', 'stray', 'hidden'])
    expect(of('status')).toEqual(['Completed', 'Completed', 'Completed', 'Completed', 'unreadable'])
    expect(of('proven')).toEqual(['yes', 'yes', 'no', 'no', 'not looked at'])
    expect(of('objectsUnderAwsKey')).toEqual(['0', '0', '8', '0', ''])
    expect(of('declaredOutputKey')).toEqual([region.output, region.output, '', region.output, ''])
    expect(of('findings')[3]).toBe('error objects-without-customer-key; error objects-under-another-key')
    expect(rows.every((row) => row.length === header.length)).toBe(true)
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=a"b', '"\'=a""b"'],
    ['a=1', 'a=1'],
    [-1, '-1'],
    [undefined, ''],
  ])('shows %j as text, never as a formula', (cell, written) => {
    expect(evidenceLine([cell, 'x'])).toBe(`${written},x\r\n`)
  })
})

describe('the table of objects', () => {
  test('names every object of every job, and why a job could not be read, asked of AWS anew by each loop', async () => {
    const { evidence, cloud } = region
    cloud.calls.clear()

    const all = await objectRows(region)

    const rows = all.filter(({ uri }) => uri !== '')
    expect(all.filter(({ uri }) => uri === '')).toMatchObject([{ standing: 'unreadable' }])
    expect(rows).toHaveLength(evidence.totals['objects'] as number)
    expect(cloud.calls.of('s3:HeadObject')).toHaveLength(rows.length)
    const stray = rows.filter(({ job, standing }) => job === 'stray' && standing !== 'expected')
    expect(stray.map(({ uri, standing, key }) => [uri, standing, key]).sort()).toEqual(
      [
        ['s3://gt-out/labels/stray/another', 'another-key', region.other],
        [`s3://gt-out/labels/stray/${HOSTILE}`, 'not-kms', ''],
      ].sort(),
    )
    expect(await objectRows(region)).toHaveLength(all.length)
  })

  test('says of a folder that cannot be listed that it cannot, rather than leaving it out', async () => {
    const { cloud } = region
    cloud.inject({ call: 's3:ListObjectsV2', fault: 'access-denied' })

    const rows = await objectRows(region)

    expect(rows[0]).toMatchObject({
      job: 'good',
      uri: 's3://gt-out/labels/good/',
      standing: 'unreadable',
      why: expect.stringContaining('AccessDenied'),
    })
  })
})

test('the table of objects says of a job without output that it has none', async () => {
  const { aws, cloud, run } = evidenceWorld()
  await run('a', { objects: 1 })
  const evidence = await collectEvidence(aws)
  const description = { LabelingJobName: 'a', LabelingJobStatus: 'Failed' }
  cloud.inject({ call: 'sagemaker:DescribeLabelingJob', fault: { instead: () => description } })

  expect(await objectRows({ evidence })).toMatchObject([
    { job: 'a', standing: 'unreadable', why: 'the job names no folder that it writes to' },
  ])
})

test('a job that could not be looked at says why in a line', () => {
  const hidden = region.evidence.jobs.find(({ job }) => job.kind === 'unreadable')?.job

  expect(String(hidden)).toMatch(
    /^unreadable {2}hidden {2}Cannot audit the labeling job hidden in us-east-1: /,
  )
})

describe('the page', () => {
  test('needs no script, no other file and no network, and nothing of a name is markup', () => {
    const html = region.evidence.toHtml()

    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bon\w+=|url\(|@import|https?:\/\//i)
    expect(html).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
    expect(html).not.toContain('\u202e')
    expect(html).not.toContain('\u001b')
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;')
  })

  test('as the last line of a cell leaves the other cells of a notebook as they are', () => {
    const { 'text/html': html = '' } = notebookOutput(region.evidence)
    const bodyOf = (text: string) => text.slice(text.indexOf('<header>'), text.indexOf('</footer>'))

    expect(strayHtml(html)).toEqual([])
    expect(bodyOf(html)).toBe(bodyOf(region.evidence.toHtml()))
    expect(bodyOf(html)).not.toBe('')
  })

  test('puts the jobs with findings first, and a bar part for each key', () => {
    const html = region.evidence.toHtml()
    const names = [...html.matchAll(/<tr class="(\w+)"><td data-label="Job"><b>([\w-]+)/g)]

    expect(names.map(([, standing, name]) => [standing, name])).toEqual([
      ['error', 'keyless'],
      ['error', 'stray'],
      ['unreadable', 'hidden'],
      ['proven', 'good'],
      ['proven', 'by-machine'],
    ])
    const [, bar = ''] = /<svg class="bar"[^>]*>(.*?)<\/svg>/.exec(html) ?? []
    const parts = [...bar.matchAll(/class="([\w-]+)" x="([\d.]+)" y="0" width="([\d.]+)"/g)]
    expect(parts.map(([, standing]) => standing)).toEqual(['expected', 'another-key', 'aws-key', 'not-kms'])
    expect(parts.reduce((sum, [, , , width]) => sum + Number(width), 0)).toBeCloseTo(1000, 0)
  })

  test('shows one stray object among a million', () => {
    const { evidence, output } = region
    const [first] = evidence.jobs
    const objects = [
      { standing: 'expected', keyArn: output, count: 1_000_000, bytes: 1 },
      { standing: 'not-kms', count: 1, bytes: 1 },
    ] as never
    const data = {
      ...evidence,
      jobs: [{ job: first?.job, proof: { ...first?.proof, objects } }],
    } as EvidenceData

    const [, width] = /rect class="not-kms" x="[\d.]+" y="0" width="([\d.]+)"/.exec(recordAsHtml(data)) ?? []

    expect(Number(width)).toBeGreaterThan(5)
  })

  test('of nothing says so', () => {
    const html = recordAsHtml({ ...region.evidence, jobs: [], ok: true })

    expect(html).toContain('There are no objects.')
    expect(html).toContain('class="verdict bad"')
  })
})

describe('the findings for Security Hub', () => {
  test('have what BatchImportFindings asks for, one a job, under an id that stays', () => {
    const [batch = []] = [...region.evidence.toAsff()] as Record<string, unknown>[][]
    const required = [
      'SchemaVersion',
      'Id',
      'ProductArn',
      'GeneratorId',
      'AwsAccountId',
      'CreatedAt',
      'UpdatedAt',
      'Title',
      'Description',
      'Resources',
    ]

    expect(batch.map((finding) => required.filter((field) => !(field in finding)))).toEqual(
      batch.map(() => []),
    )
    expect(batch[3]).toEqual({
      SchemaVersion: '2018-10-08',
      Id: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/stray/encryption',
      ProductArn: 'arn:aws:securityhub:us-east-1:111122223333:product/111122223333/default',
      GeneratorId: 'labeling-job/evidence',
      AwsAccountId: '111122223333',
      CreatedAt: region.evidence.endedAt,
      UpdatedAt: region.evidence.endedAt,
      Title: 'Labeling job stray: not encrypted as expected',
      Description: expect.stringContaining(
        '1 object under s3://gt-out/labels/stray/ is under no key of yours',
      ),
      Types: ['Software and Configuration Checks/AWS Security Best Practices'],
      Severity: { Label: 'HIGH' },
      FindingProviderFields: {
        Severity: { Label: 'HIGH' },
        Types: ['Software and Configuration Checks/AWS Security Best Practices'],
      },
      Compliance: {
        Status: 'FAILED',
        StatusReasons: [
          { ReasonCode: 'OBJECTS_WITHOUT_CUSTOMER_KEY', Description: expect.any(String) },
          { ReasonCode: 'OBJECTS_UNDER_ANOTHER_KEY', Description: expect.any(String) },
        ],
      },
      ProductFields: {
        'labeling-job/version': region.evidence.toolVersion,
        'labeling-job/evidenceSha256': region.evidence.sha256,
      },
      Resources: [
        {
          Type: 'Other',
          Id: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/stray',
          Partition: 'aws',
          Region: 'us-east-1',
          Details: { Other: expect.objectContaining({ Name: 'stray', DeclaredOutputKey: region.output }) },
        },
      ],
      RecordState: 'ACTIVE',
    })
    expect(batch.map((finding) => (finding['Compliance'] as { Status: string }).Status)).toEqual([
      'PASSED',
      'PASSED',
      'FAILED',
      'FAILED',
      'NOT_AVAILABLE',
    ])
  })

  test('come in batches of at most 100, each text as long as Security Hub takes', () => {
    const [job] = region.evidence.jobs
    const long = { ...job, job: { ...job?.job, name: '\u{1f600}'.repeat(400) } } as never
    const jobs = Array.from({ length: 250 }, () => long)

    const batches = [...recordAsAsff({ ...region.evidence, jobs })] as { Title: string }[][]

    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(batches.flat().every(({ Title }) => Title.length <= 256 && encodeURIComponent(Title) !== '')).toBe(
      true,
    )
  })
})

describe('writing evidence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  afterAll(() => rm(folder, { recursive: true }))

  const NAMES = ['asff-1.json', 'evidence.html', 'evidence.json', 'evidence.md', 'jobs.csv', 'objects.csv']

  test('puts it into a folder, file by file', async () => {
    const { evidence } = region

    const written = await writeEvidence(evidence, folder)

    expect((await readdir(folder)).sort()).toEqual(NAMES)
    expect([...written].sort()).toEqual(NAMES.map((name) => join(folder, name)))
    expect(JSON.parse(await readFile(join(folder, 'evidence.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(evidence)),
    )
    expect(JSON.parse(await readFile(join(folder, 'asff-1.json'), 'utf8')).Findings).toHaveLength(5)
  })

  test('puts it into S3 under a key of yours, and takes no other', async () => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })
    const evidence = await collectEvidence(world.aws)

    world.cloud.bucket('acme-audit')

    const written = await writeEvidence(evidence, 's3://acme-audit/2026/', world.aws, { key: 'alias/other' })

    expect([...written].sort()).toEqual(NAMES.map((name) => `s3://acme-audit/2026/${name}`))
    const puts = world.cloud.calls.of('s3:PutObject').map(({ input }) => input as Record<string, unknown>)
    expect(puts.every(({ SSEKMSKeyId }) => SSEKMSKeyId === world.other)).toBe(true)
    await expect(
      writeEvidence(evidence, 's3://acme-audit/2026/', world.aws, {} as never),
    ).rejects.toMatchObject({ code: 'refused-call' })
  })

  test.each(['asff-2.json', 'objects-2.csv'])('leaves no %s of an older record beside it', async (older) => {
    const { evidence } = region
    const used = join(folder, `used-${older}`)
    await mkdir(used)
    await writeFile(join(used, older), '')

    await expect(writeEvidence(evidence, used)).rejects.toMatchObject({
      code: 'refused-call',
      message: expect.stringContaining(`"${older}". This one does not write over them, and whoever reads`),
    })
    expect(await readdir(used)).toEqual([older])
  })

  test('leaves the table of objects out where none were looked at', async () => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })
    const evidence = await collectEvidence(world.aws, { objects: 'none' })

    const written = await writeEvidence(evidence, join(folder, 'none'))

    expect(written.some((name) => name.endsWith('objects.csv'))).toBe(false)
  })

  test('cuts a table that is too long for one object of S3, each part with its head', async () => {
    const line = `${'x'.repeat(1024 * 1024)}\r\n`
    const evidence = {
      ...region.evidence,
      toJSON: () => ({}),
      toCsv: () => '',
      toMarkdown: () => '',
      toHtml: () => '',
      toAsff: () => [],
      objectsCsv: async function* () {
        yield 'head\r\n'
        for (let index = 0; index < 40; index++) yield line
      },
    } as never

    const written = await writeEvidence(evidence, join(folder, 'parts'))

    const parts = written.filter((name) => name.includes('objects'))
    expect(parts).toEqual(['objects.csv', 'objects-2.csv'].map((name) => join(folder, 'parts', name)))
    const texts = await Promise.all(parts.map((name) => readFile(name, 'utf8')))
    expect(texts.map((text) => text.slice(0, 6))).toEqual(['head\r\n', 'head\r\n'])
    expect(texts.reduce((sum, text) => sum + text.split('\r\n').length - 2, 0)).toBe(40)
  })

  test.each([
    [{}, 'folder', 'is no record'],
    [undefined, 'folder', 'is no record'],
  ])('refuses what is no record: %j', async (evidence, where, why) => {
    await expect(writeEvidence(evidence as never, where)).rejects.toThrow(why)
    await expect(writeEvidence(region.evidence, '')).rejects.toThrow('is no folder')
  })
})
