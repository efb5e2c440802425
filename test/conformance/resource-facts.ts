import { expect, test } from 'vitest'
import { readResources } from '../../src/permissions/access/read-resources.js'
import type { PolicyDocument } from '../../src/permissions/index.js'
import { type Place, REGION, unique } from './place.js'

/** What is read of the policies of buckets, Lambdas and topics. */
export function resourceFacts(place: () => Place): void {
  const nothing = { buckets: [], lambdas: [], topics: [] }
  const trust = (Action: string, Resource: string): PolicyDocument => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Gt',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${place().account}:root` },
        Action,
        Resource,
      },
    ],
  })

  test('the policy of a bucket is read, and that there is none, or no bucket', async () => {
    const { account, aws, bucket } = place()
    const [guarded, plain, none] = [unique('gt-guarded'), unique('gt-plain'), unique('gt-none')]
    const policy = trust('s3:GetObject', `arn:aws:s3:::${guarded}/*`)
    await bucket(guarded, { policy })
    await bucket(plain)
    const buckets = [guarded, plain, none].map((name) => `arn:aws:s3:::${name}`)

    const { resources, denied } = await readResources({ ...nothing, buckets }, aws)
    const [first, ...others] = resources

    expect(JSON.parse(String(first?.policy))).toEqual(policy)
    expect(first).toMatchObject({ presence: 'found', account })
    expect(others).toEqual([
      { arn: buckets[1], presence: 'found', policy: null, account },
      { arn: buckets[2], presence: 'not-found', policy: null },
    ])
    expect(denied).toEqual([])
  })

  test('the policy and the key of a topic are read, and that there is none', async () => {
    const { account, aws, topic } = place()
    const arn = await topic({ name: unique('gt-labels'), key: 'alias/aws/sns' })
    const none = `arn:aws:sns:${REGION}:${account}:${unique('gt-none')}`

    const { resources } = await readResources({ ...nothing, topics: [arn, none] }, aws)
    const [first, second] = resources

    expect(first).toMatchObject({ arn, presence: 'found', account, keyId: 'alias/aws/sns' })
    expect(JSON.parse(String(first?.policy))).toMatchObject({
      Statement: [{ Sid: '__default_statement_ID' }],
    })
    expect(second).toEqual({ arn: none, presence: 'not-found', policy: null, account })
  })

  test('the policy of a Lambda is read, and one without a policy is as one that there is not', async () => {
    const { account, aws, lambda } = place()
    const roleArn = `arn:aws:iam::${account}:root`
    const guarded = await lambda({ name: unique('gt-pre'), invokedBy: roleArn })
    const none = `arn:aws:lambda:${REGION}:${account}:function:${unique('gt-none')}`

    const { resources } = await readResources({ ...nothing, lambdas: [guarded, none] }, aws)
    const [first, second] = resources

    expect(first).toMatchObject({ arn: guarded, presence: 'found', account })
    expect(JSON.parse(String(first?.policy))).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: guarded }],
    })
    expect(second).toEqual({ arn: none, presence: 'unreadable', policy: null, account })
  })
}
