import { fakeAws } from '../../src/testing/fake-aws.js'
import { type Place, REGION, ROLE_PATH, unique } from './place.js'

/** Opens the double that this package ships; it is held to what AWS does. */
export async function openFake(): Promise<Place> {
  const cloud = fakeAws({ region: REGION })
  return {
    account: '111122223333',
    aws: cloud.connect(),
    kms: cloud,
    s3: cloud,
    key: async (setup = {}) => cloud.key(setup),
    role: async ({ name = unique('GtExec'), ...setup } = {}) =>
      cloud.role({ name, path: ROLE_PATH, ...setup }).roleArn,
    bucket: async (name) => cloud.bucket(name),
    differs: false,
  }
}
