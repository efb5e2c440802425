import { describe, expectTypeOf, it } from 'vitest'
import { type EvidenceRecord, writeEvidence } from '../../src/evidence/index.js'
import type { Aws } from '../../src/index.js'
import type { S3Uri } from '../../src/names/s3-uri.js'

declare const evidence: EvidenceRecord
declare const folder: string
declare const aws: Aws

describe('writeEvidence', () => {
  it('takes a folder, also one that is told while the program runs', () => {
    expectTypeOf(writeEvidence(evidence, 'out')).toEqualTypeOf<Promise<readonly string[]>>()
    expectTypeOf(writeEvidence(evidence, folder, undefined, {})).toEqualTypeOf<Promise<readonly string[]>>()
  })

  it('takes an address of S3 with a connection and a key, and not without', () => {
    expectTypeOf(writeEvidence(evidence, 's3://acme-audit/2026/', aws, { key: 'alias/audit' })).toEqualTypeOf<
      Promise<readonly S3Uri[]>
    >()
    // @ts-expect-error a connection and a key are missing
    writeEvidence(evidence, 's3://acme-audit/2026/')
    // @ts-expect-error a key is missing
    writeEvidence(evidence, 's3://acme-audit/2026/', aws, {})
  })
})
