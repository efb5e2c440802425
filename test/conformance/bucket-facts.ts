import { expect, test } from 'vitest'
import { checkBuckets } from '../../src/preflight/checks/check-buckets.js'
import { checkCors } from '../../src/preflight/checks/check-cors.js'
import type { SeenManifest } from '../../src/preflight/look/read-manifest.js'
import type { Subject } from '../../src/preflight/look/subject.js'
import { type Place, REGION, unique } from './place.js'

/** What preflight tells from GetBucketLocation, GetBucketEncryption and GetBucketCors. */
export function bucketFacts(place: () => Place): void {
  const subject = () =>
    ({
      aws: place().aws,
      region: REGION,
      limit: <Answer>(task: () => Promise<Answer>) => task(),
      text: () => undefined,
    }) as unknown as Subject

  const placeOf = async (name: string) => {
    const bucket = { name, about: 'input', isBound: true, isOutput: false } as const
    return (await checkBuckets(subject(), [bucket])).map(
      ({ code, status, what }) => `${code} ${status}: ${what}`,
    )
  }

  test('the region of a bucket is told, the first of S3 as well, and that there is no bucket', async () => {
    const [here, there, none] = [unique('gt-here'), unique('gt-there'), unique('gt-none')]
    await place().bucket(here)
    await place().bucket(there, { region: 'eu-west-1' })

    const told = await Promise.all([here, there, none].map(placeOf))

    expect(told).toEqual([
      [
        `bucket-exists passed: the bucket ${here} is there`,
        `bucket-region passed: the bucket ${here} is in us-east-1`,
      ],
      [
        `bucket-exists passed: the bucket ${there} is there`,
        `bucket-region failed: the bucket ${there} is in eu-west-1, and the job runs in us-east-1`,
      ],
      [`bucket-exists failed: there is no bucket ${none}`],
    ])
  })

  test('the default key of a bucket is told, and that there is none', async () => {
    const [keyed, plain] = [unique('gt-keyed'), unique('gt-unkeyed')]
    const { keyArn } = await place().key()
    await place().bucket(keyed, { defaultKey: keyArn })
    await place().bucket(plain)

    const checks = await checkBuckets(
      subject(),
      [keyed, plain].map((name) => ({ name, about: 'output', isBound: true, isOutput: true }) as const),
    )

    expect(
      checks.flatMap(({ code, status, what }) =>
        code === 'bucket-encryption' ? [`${status}: ${what}`] : [],
      ),
    ).toEqual([
      `warning: the bucket ${keyed} encrypts with ${keyArn} by default, and the job names no key`,
      `passed: the job names no key, and ${plain} has none of its own (AES256)`,
    ])
  })

  test('the CORS rules of a bucket are told, that there are none, and nothing of a bucket that is not there', async () => {
    const [open, closed, none] = [unique('gt-open'), unique('gt-closed'), unique('gt-none')]
    const rule = {
      AllowedOrigins: ['*'],
      AllowedMethods: ['GET'],
      ExposeHeaders: ['Access-Control-Allow-Origin'],
    }
    await place().bucket(open, { cors: [rule] })
    await place().bucket(closed)
    const seen = { found: { buckets: [open, closed, none] } as unknown as SeenManifest }

    const checks = await checkCors(subject(), Promise.resolve(seen))

    expect(checks.map(({ status, what }) => [status, what])).toEqual([
      ['passed', expect.stringContaining(open)],
      ['failed', `the bucket ${closed} has no CORS rules`],
    ])
  })
}
