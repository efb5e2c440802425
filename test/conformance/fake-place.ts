import { setImmediate } from 'node:timers/promises'
import type { AwsClient } from '../../src/aws/aws.js'
import { connect } from '../../src/index.js'
import { type FakeSender, fakeAws } from '../../src/testing/fake-aws.js'
import { type Place, REGION, ROLE_PATH, unique } from './place.js'

/** Opens the double that this package ships; it is held to what AWS does. */
export async function openFake(): Promise<Place> {
  const cloud = fakeAws({ region: REGION })
  return {
    account: '111122223333',
    aws: connect({ region: REGION, clients: interleaved(cloud), clock: cloud.clock }),
    kms: cloud,
    s3: cloud,
    key: async (setup = {}) => cloud.key(setup),
    role: async ({ name = unique('GtExec'), ...setup } = {}) =>
      cloud.role({ name, path: ROLE_PATH, ...setup }).roleArn,
    bucket: async (name, setup) => cloud.bucket(name, setup),
    topic: async (setup) => cloud.topic(setup).topicArn,
    async lambda({ name, invokedBy }) {
      const arn = `arn:aws:lambda:${REGION}:111122223333:function:${name}`
      const statement = {
        Sid: 'Gt',
        Effect: 'Allow',
        Principal: { AWS: invokedBy },
        Action: 'lambda:InvokeFunction',
        Resource: arn,
      }
      return cloud.lambda({ name, policy: { Version: '2012-10-17', Statement: [statement] } }).lambdaArn
    },
    differs: false,
  }
}

/** Lets others go first before every call, as a network does: answers given at once would never overlap. */
function interleaved(sender: FakeSender): AwsClient {
  const network = {
    async send(command: unknown, options?: { readonly abortSignal?: AbortSignal }) {
      await setImmediate()
      return sender.send(command, options)
    },
    with: (change: Parameters<FakeSender['with']>[0]) => interleaved(sender.with(change)),
  }
  return network
}
