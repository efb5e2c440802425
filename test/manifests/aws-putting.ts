import { awsWith } from './aws-with.js'

export const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A connection that takes objects and knows one key, under whatever name it is asked for. */
export function awsPutting() {
  const KeyMetadata = {
    Arn: KEY_ARN,
    KeyManager: 'CUSTOMER',
    KeyState: 'Enabled',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
  } as const
  return awsWith({ 's3:PutObject': () => ({}), 'kms:DescribeKey': () => ({ KeyMetadata }) })
}
