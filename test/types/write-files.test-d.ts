import { describe, expectTypeOf, it } from 'vitest'
import type { Aws } from '../../src/aws/aws.js'
import { type FilesToWrite, writeFiles } from '../../src/export/index.js'
import type { S3Uri } from '../../src/names/s3-uri.js'

declare const files: FilesToWrite
declare const folder: string
declare const aws: Aws

describe('writeFiles', () => {
  it('takes a folder, also one that is told while the program runs', () => {
    expectTypeOf(writeFiles(files, 'out')).toEqualTypeOf<Promise<readonly string[]>>()
    expectTypeOf(writeFiles(files, folder, undefined, {})).toEqualTypeOf<Promise<readonly string[]>>()
  })

  it('takes an address of S3 with a connection, and not without: it was refused as late as at run time', () => {
    expectTypeOf(writeFiles(files, 's3://acme-gt/out', aws)).toEqualTypeOf<Promise<readonly S3Uri[]>>()
    // @ts-expect-error a connection is missing
    writeFiles(files, 's3://acme-gt/out')
    // @ts-expect-error a folder has no key
    writeFiles(files, folder, undefined, { key: 'alias/gt' })
  })
})
