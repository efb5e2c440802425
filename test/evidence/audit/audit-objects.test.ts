import { beforeAll, describe, expect, test } from 'vitest'
import { type AuditedJob, type AuditOptions, auditJobs } from '../../../src/evidence/index.js'
import { type EvidenceWorld, evidenceWorld } from '../evidence-world.js'

/** One good job, one without a key, one under another key in part, one that runs, one that cannot be read. */
async function region(): Promise<EvidenceWorld> {
  const world = evidenceWorld()
  await world.run('good', { objects: 2 })
  await world.run('keyless', { objects: 2, key: undefined })
  await world.run('stray', { objects: 2 })
  world.cloud.object('s3://gt-out/labels/stray/notes.txt', 'mine')
  await world.run('moved', { objects: 2 })
  world.cloud.object('s3://gt-out/labels/moved/manifests/output/output.manifest', 'x', { key: world.other })
  await world.run('hidden', { objects: 2 })
  await world.run('running', { objects: 2, unfinished: true })
  world.cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: {
      before: ({ input }) => (input['LabelingJobName'] === 'hidden' ? 'access-denied' : undefined),
    },
    times: Infinity,
  })
  return world
}

let world: EvidenceWorld
beforeAll(async () => {
  world = await region()
})

async function audit(options: AuditOptions) {
  const jobs: AuditedJob[] = []
  world.cloud.calls.clear()
  for await (const job of auditJobs(world.aws, options)) jobs.push(job)
  return Object.fromEntries(
    jobs.map((job) => [job.name, job.kind === 'job' ? job.findings.map(({ code }) => code) : job.kind]),
  )
}

describe('an audit', () => {
  test('of what jobs declare looks at no object', async () => {
    const found = await audit({})

    expect(found).toEqual({
      good: [],
      keyless: ['output-without-customer-key'],
      stray: [],
      moved: [],
      running: [],
      hidden: 'unreadable',
    })
    expect(world.cloud.calls.of('s3:HeadObject')).toHaveLength(0)
    expect(world.cloud.calls.of('kms:ListAliases')).toHaveLength(0)
  })

  test('of output manifests looks at one object a job', async () => {
    const found = await audit({ objects: 'manifest' })

    expect(found).toEqual({
      good: [],
      keyless: ['output-without-customer-key', 'objects-without-customer-key'],
      stray: [],
      moved: ['objects-under-another-key'],
      running: ['job-not-ended'],
      hidden: 'unreadable',
    })
    expect(world.cloud.calls.of('s3:HeadObject').length).toBeLessThanOrEqual(5)
    expect(world.cloud.calls.of('s3:ListObjectsV2')).toHaveLength(0)
    expect(world.cloud.calls.of('kms:ListAliases')).toHaveLength(1)
  })

  test('of all objects proves each job, with one look for the key of AWS', async () => {
    const found = await audit({ objects: 'all' })

    expect(found).toEqual({
      good: [],
      keyless: ['output-without-customer-key', 'objects-without-customer-key'],
      stray: ['objects-without-customer-key'],
      moved: ['objects-under-another-key'],
      running: expect.arrayContaining(['job-not-ended']),
      hidden: 'unreadable',
    })
    expect(world.cloud.calls.of('kms:ListAliases')).toHaveLength(1)
  })

  test('that expects keys finds every other key', async () => {
    const found = await audit({
      objects: 'manifest',
      expect: { outputKey: 'alias/other' },
      nameContains: 'good',
    })

    expect(found).toEqual({ good: ['output-under-another-key', 'objects-under-another-key'] })
  })

  test('of manifests finds one that was deleted, and one that may not be read', async () => {
    const gone = { name: 'NotFound', message: 'UnknownError', status: 404 }
    world.cloud.inject({ call: 's3:HeadObject', fault: gone })
    world.cloud.inject({ call: 's3:HeadObject', fault: { ...gone, name: 'Unknown', status: 403 } })

    const options = { objects: 'manifest', nameContains: 'good' } as const

    expect(await audit(options)).toEqual({ good: ['evidence-may-be-deleted'] })
    expect(await audit(options)).toEqual({ good: ['objects-unreadable'] })
    expect(await audit(options)).toEqual({ good: [] })
  })

  test('tells how far it is, and the total once the list has ended', async () => {
    const told: string[] = []

    await audit({ onProgress: (progress) => told.push(String(progress)) })

    expect(told.at(0)).toBe('jobs: 1; clean: 1, findings: 0, unreadable: 0')
    expect(told.at(-1)).toBe('jobs: 6 of 6; clean: 4, findings: 1, unreadable: 1')
  })
})
