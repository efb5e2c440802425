import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test } from 'vitest'
import { collectEvidence } from '../../../src/evidence/index.js'
import { FINDING_CODES } from '../../support/finding-codes.js'
import { evidenceWorld } from '../evidence-world.js'
import { evidenceRegion } from './evidence-region.js'

const schema = JSON.parse(readFileSync('schemas/evidence.schema.json', 'utf8'))
const ajv = new Ajv.default({ allErrors: true, strict: true })
addFormats.default(ajv)
const isRecord = ajv.compile(schema)

let record: string
beforeAll(async () => {
  record = JSON.stringify((await evidenceRegion()).evidence)
})

const anew = () => JSON.parse(record)

describe('the JSON schema of a record', () => {
  test('holds for records of every scope', async () => {
    const world = evidenceWorld()
    await world.run('a', { auto: true, objects: 8 })
    await world.run('b', { objects: 1, unfinished: true })
    const window = { since: new Date(0), until: new Date('2030-01-01') }

    for (const objects of ['none', 'manifest', 'all'] as const) {
      const evidence = await collectEvidence(world.aws, { objects, versions: true, ...window })
      isRecord(JSON.parse(JSON.stringify(evidence)))
      expect(isRecord.errors ?? []).toEqual([])
    }
    expect(isRecord(anew())).toBe(true)
  })

  test.each<[string, string, object]>([
    ['a field that is missing', '', { caller: undefined }],
    ['a field that there is none of', '', { note: 'x' }],
    ['a later schema', '', { schemaVersion: '2.0' }],
    ['a hash that is none', '', { sha256: 'x' }],
    ['a count below nothing', 'totals', { jobs: -1 }],
    ['a time that is none', '', { endedAt: 'yesterday' }],
    ['a scope that there is none of', 'scope', { objects: 'some' }],
    ['a finding that there is none of', 'jobs.2.job.findings.0', { code: 'x' }],
    ['a finding without a reason', 'jobs.2.job.findings.0', { why: undefined }],
    ['a standing that there is none of', 'jobs.0.proof.objects.0', { standing: 'fine' }],
    ['an exception that is as expected', 'jobs.2.proof.exceptions.0', { standing: 'expected' }],
    ['a key that is no ARN', 'jobs.0.proof.objects.0', { keyArn: 'alias/a' }],
    ['a job that is neither', 'jobs.0.job', { kind: 'unreadable' }],
    ['an error with a stack', 'jobs.4.job.error', { stack: 'at' }],
  ])('refuses %s', (_, path, change) => {
    const evidence = anew()
    const place = path
      .split('.')
      .filter(Boolean)
      .reduce((inside, name) => inside[name], evidence)
    Object.assign(place, change)

    expect(isRecord(JSON.parse(JSON.stringify(evidence)))).toBe(false)
  })

  test('names every code of a finding', () => {
    const guide = readFileSync('docs/evidence.md', 'utf8')
    const paragraphs = [...guide.matchAll(/^### ([a-z-]+)\n\n\S/gm)].map(([, code]) => code)

    expect(schema.definitions.finding.properties.code.enum).toEqual(FINDING_CODES)
    expect(paragraphs.toSorted()).toEqual(FINDING_CODES.toSorted())
  })
})
