import { expect, test } from 'vitest'
import { resolveKey } from '../../src/keys/resolve-key.js'
import { type KmsKeyText, outputKey } from '../../src/names/kms-key.js'
import { type Place, REGION, unique } from './place.js'

/** How a key is found by each of its names, and what is said when it is not. */
export function keyFacts(place: () => Place): void {
  test.each(['alias', 'alias ARN', 'key id', 'key ARN'] as const)(
    'a key is found by its %s',
    async (form) => {
      const { account, aws, key } = place()
      const alias = `alias/${unique('gt')}`
      const { keyId, keyArn } = await key({ alias })
      const names = {
        alias,
        'alias ARN': `arn:aws:kms:${REGION}:${account}:${alias}`,
        'key id': keyId,
        'key ARN': keyArn,
      }

      const resolved = await resolveKey(names[form] as KmsKeyText, aws)

      expect(resolved).toEqual({
        given: names[form],
        arn: keyArn,
        keyId,
        account,
        region: REGION,
        multiRegion: false,
        origin: 'AWS_KMS',
      })
    },
  )

  test.each([
    ['an alias', () => 'alias/not-there'],
    ['an alias ARN', (account: string) => `arn:aws:kms:${REGION}:${account}:alias/not-there`],
    ['a key id', () => '00000000-0000-4000-8000-000000000000'],
    [
      'a key ARN',
      (account: string) => `arn:aws:kms:${REGION}:${account}:key/00000000-0000-4000-8000-000000000000`,
    ],
  ])('%s that names nothing is said to be missing, with region and account', async (_form, nameIn) => {
    const { account, aws } = place()
    const name = nameIn(account)

    const resolving = resolveKey(outputKey(name as KmsKeyText), aws)

    await expect(resolving).rejects.toMatchObject({
      code: 'key-not-found',
      why: expect.stringContaining(`in ${REGION}, account ${account}`),
      data: { key: name, purpose: 'output', region: REGION },
    })
  })
}
