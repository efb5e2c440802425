import { expect, test } from 'vitest'
import { auditJobs, collectEvidence, proveJob } from '../../../src/evidence/index.js'
import { outputKey, volumeKey } from '../../../src/index.js'
import { evidenceWorld } from '../evidence-world.js'

const { aws, cloud, run } = evidenceWorld()
await run('a', { objects: 1 })

const CALLS = {
  auditJobs: (options: object) => auditJobs(aws, options).next(),
  collectEvidence: (options: object) => collectEvidence(aws, options),
  proveJob: (options: object) => proveJob('a', aws, options),
}

async function refusalsOf(given: unknown) {
  const refusals = []
  for (const [name, call] of Object.entries(CALLS)) {
    const thrown = await call({ expect: given }).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'refused-call', what: `Cannot call ${name}()` })
    refusals.push((thrown as { readonly why: string }).why)
  }
  expect(cloud.calls.of('sagemaker:DescribeLabelingJob')).toEqual([])
  return [...new Set(refusals)]
}

test.each<[string, unknown, string]>([
  [
    'a key of the other purpose for the output',
    { outputKey: volumeKey('alias/gt-output') },
    'its outputKey is a key made by volumeKey(): make it with outputKey()',
  ],
  [
    'a key of the other purpose for volumes',
    { volumeKey: outputKey('alias/gt-volume') },
    'its volumeKey is a key made by outputKey(): make it with volumeKey()',
  ],
  ['a misspelt field', { outputkey: 'alias/gt-output' }, 'it has the field "outputkey", which is not known'],
  [
    'an unset variable',
    { outputKey: undefined },
    'its outputKey is undefined: leave it out when no key is expected',
  ],
  ['null', { volumeKey: null }, 'its volumeKey is null, no name of a key'],
])('an expectation is not passed over in silence: %s', async (_, given, odd) => {
  expect(await refusalsOf(given)).toEqual([
    `its option expect is an object: give an object with outputKey, volumeKey or both; ${odd}`,
  ])
})

test('an expectation that is an empty text is not taken for none', async () => {
  await expect(proveJob('a', aws, { expect: { outputKey: '' as 'alias/a' } })).rejects.toMatchObject({
    code: 'key-invalid',
  })
})
