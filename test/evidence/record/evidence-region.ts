import { collectEvidence, type EvidenceRecord } from '../../../src/evidence/index.js'
import { type EvidenceWorld, evidenceWorld } from '../evidence-world.js'

export interface EvidenceRegion extends EvidenceWorld {
  readonly evidence: EvidenceRecord
}

let made: Promise<EvidenceRegion> | undefined

/** A region with jobs of every sort, and the evidence of it; made once. */
export function evidenceRegion(): Promise<EvidenceRegion> {
  made ??= makeRegion()
  return made
}

/** A name that would break out of a page, a table, a terminal or a formula. */
export const HOSTILE = '=1+1|</code><script>alert(1)</script>\u202e"\'&,\u001b[2J.json'

async function makeRegion(): Promise<EvidenceRegion> {
  const world = evidenceWorld()
  await world.run('good', { objects: 2 })
  await world.run('by-machine', { objects: 8, auto: true })
  await world.run('keyless', { objects: 2, key: undefined })
  await world.run('stray', { objects: 2 })
  world.cloud.object(`s3://gt-out/labels/stray/${HOSTILE}`, 'mine')
  world.cloud.object('s3://gt-out/labels/stray/another', 'x', { key: world.other })
  await world.run('hidden', { objects: 2 })
  world.cloud.inject({
    call: 'sagemaker:DescribeLabelingJob',
    fault: { before: ({ input }) => (input['LabelingJobName'] === 'hidden' ? 'access-denied' : undefined) },
    times: Infinity,
  })
  const evidence = await collectEvidence(world.aws, { expect: { outputKey: 'alias/gt-output' } })
  return { ...world, evidence }
}
