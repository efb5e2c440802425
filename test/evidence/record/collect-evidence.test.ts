import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collectEvidence } from '../../../src/evidence/index.js'
import { DEEP } from '../../support/runs.js'
import { evidenceWorld } from '../evidence-world.js'
import { type EvidenceRegion, evidenceRegion, HOSTILE } from './evidence-region.js'

let region: EvidenceRegion
const folder = mkdtempSync(join(tmpdir(), 'evidence-hash-'))
beforeAll(async () => {
  region = await evidenceRegion()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the evidence of a region', () => {
  test('says who asked, when, about what, and what came of it', () => {
    const { evidence, output } = region

    expect(evidence).toMatchObject({
      schemaVersion: '1.0',
      account: '111122223333',
      region: 'us-east-1',
      caller: 'arn:aws:iam::111122223333:user/dev',
      scope: { objects: 'all', versions: false, expect: { outputKey: output } },
      ok: false,
    })
    expect(evidence.jobs.map(({ job, proof }) => [job.name, job.kind, proof?.ok])).toEqual([
      ['good', 'job', true],
      ['by-machine', 'job', true],
      ['keyless', 'job', false],
      ['stray', 'job', false],
      ['hidden', 'unreadable', undefined],
    ])
    expect(evidence.unreadable).toEqual([
      { what: 'the job hidden', why: expect.stringContaining('sagemaker:DescribeLabelingJob answered') },
    ])
  })

  test('counts what it holds', () => {
    const { evidence } = region
    const objects = evidence.jobs.flatMap(({ proof }) => proof?.objects ?? [])
    const all = objects.reduce((sum, { count }) => sum + count, 0)

    expect(evidence.totals).toEqual({
      jobs: 5,
      jobsLookedAt: 4,
      jobsUnreadable: 1,
      jobsProven: 2,
      jobsWithFindings: 2,
      errors: 4,
      warnings: 0,
      objects: all,
      bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
      objectsUnderExpectedKey: all - 10,
      objectsUnderAwsKey: 8,
      objectsUnderAnotherKey: 1,
      objectsUnderNoKmsKey: 1,
      objectsUnreadable: 0,
      volumes: 2,
    })
  })

  test('names the version of this library', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

    expect(region.evidence.toolVersion).toBe(version)
  })

  test('is as expected once every job is', async () => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })

    const evidence = await collectEvidence(world.aws)

    expect(evidence.ok).toBe(true)
    expect(String(evidence).split('\n')[0]).toBe(
      'As expected: 1 of 1 job proven, 5 of 5 objects under the expected key.',
    )
  })

  test('of what jobs declare alone says that it proves nothing of objects', async () => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })
    const options = { objects: 'none', since: new Date(0), status: 'Completed', nameContains: 'a' } as const

    const evidence = await collectEvidence(world.aws, options)

    expect(evidence.jobs[0]?.proof).toBeUndefined()
    expect(evidence.scope).toEqual({
      since: '1970-01-01T00:00:00.000Z',
      status: 'Completed',
      nameContains: 'a',
      objects: 'none',
      versions: false,
      expect: {},
    })
    expect(String(evidence)).toContain('which proves nothing of their objects')
  })

  test('of no jobs proves nothing, and says so', async () => {
    expect(String(await collectEvidence(evidenceWorld().aws))).toContain(
      'There are no labeling jobs in this scope: nothing is proven.',
    )
  })

  test.each([
    ['another region', { region: 'eu-west-1' }, {}],
    ['days to come', {}, { since: new Date('2100-01-01') }],
  ])('is not ok without a job in its scope: %s', async (_, change, scope) => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })

    const evidence = await collectEvidence(world.aws.with(change), scope)

    expect([evidence.jobs, evidence.ok]).toEqual([[], false])
    expect(evidence.toHtml()).toContain('class="verdict bad"')
  })

  test('counts an output manifest that may not be read as unread', async () => {
    const world = evidenceWorld()
    await world.run('a', { objects: 1 })
    world.cloud.inject({
      call: 's3:HeadObject',
      fault: { name: 'Unknown', message: 'UnknownError', status: 403 },
    })

    const evidence = await collectEvidence(world.aws, { objects: 'manifest' })

    expect(evidence.ok).toBe(false)
    expect(evidence.unreadable.map(({ why }) => why)).toEqual([
      'S3 answers 403: s3:GetObject is not allowed on it',
    ])
  })

  test('cannot be collected with options that an audit does not have', async () => {
    await expect(collectEvidence(region.aws, { object: 'all' } as object)).rejects.toMatchObject({
      code: 'refused-call',
      what: 'Cannot call collectEvidence()',
    })
  })
})

describe('the hash of a record', () => {
  // Written apart from the library: text by text, as RFC 8785 and Python put JSON, with what is not ASCII escaped.
  function canonical(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
    if (typeof value === 'object' && value !== null) {
      const fields = Object.entries(value).sort((one, other) => (one[0] < other[0] ? -1 : 1))
      return `{${fields.map(([name, inside]) => `${canonical(name)}:${canonical(inside)}`).join(',')}}`
    }
    const text = JSON.stringify(value)
    return Array.from({ length: text.length }, (_, index) => {
      const code = text.charCodeAt(index)
      return code > 126 ? `\\u${code.toString(16).padStart(4, '0')}` : text[index]
    }).join('')
  }

  test('can be worked out anew from the file, and changes with any of it', () => {
    const { sha256, ...rest } = JSON.parse(JSON.stringify(region.evidence, null, 2))
    const hash = (value: object) => createHash('sha256').update(canonical(value)).digest('hex')

    expect(hash(rest)).toBe(sha256)
    expect(hash({ ...rest, ok: true })).not.toBe(sha256)
  })

  const PYTHON =
    "import hashlib,json,sys;r=json.load(open(sys.argv[1],encoding='utf-8'));r.pop('sha256');print(hashlib.sha256(json.dumps(r,sort_keys=True,separators=(',',':')).encode()).hexdigest())"
  const JQ = "jq -acSj 'del(.sha256)' evidence.json | sha256sum"
  const has = (tool: string) => spawnSync(tool, ['--version']).status === 0

  test('can be worked out by both recipes of the guide', () => {
    const guide = readFileSync('docs/evidence.md', 'utf8')

    expect(guide).toContain(PYTHON)
    expect(guide).toContain(JQ)
  })

  // Starting Python takes as long as all the rest of this file.
  test.skipIf(!DEEP || !has('python3'))('is what Python works out', () => {
    const file = join(folder, 'evidence.json')
    writeFileSync(file, JSON.stringify({ ...region.evidence, name: undefined }, null, 2))

    const hash = execFileSync('python3', ['-c', PYTHON, file], { encoding: 'utf8' }).trim()

    expect(hash).toBe(region.evidence.sha256)
  })

  test.skipIf(!has('jq'))('is what jq works out by the recipe on the page', () => {
    const file = join(folder, 'evidence.json')
    writeFileSync(file, JSON.stringify(region.evidence))

    const text = execFileSync('jq', ['-acSj', 'del(.sha256)', file])

    expect(createHash('sha256').update(text).digest('hex')).toBe(region.evidence.sha256)
    expect(region.evidence.toMarkdown()).toContain(JQ)
  })
})

test('the text and the Markdown of a record say what is wrong first, and nothing of a name is markup', () => {
  const { evidence } = region

  expect(
    String(evidence)
      .split('\n')
      .map((line) => line.trim().split('  ')[0]),
  ).toEqual([
    'Not as expected: 2 of 5 jobs proven, 35 of 45 objects under the expected key; 4 errors; 1 job could not be looked at.',
    'error',
    'error',
    'unreadable',
    'proven',
    'proven',
    `SHA-256 ${evidence.sha256}`,
  ])
  expect(String(evidence)).not.toContain('\u001b')
  expect(evidence.toMarkdown()).not.toContain('<script>')
  expect(evidence.toMarkdown()).not.toContain('\u202e')
  expect(JSON.stringify(evidence)).toContain(JSON.stringify(HOSTILE).slice(1, -1))
})
