/** Who must act: whoever runs the job (`you`), or whoever owns the role, a key, a bucket, a topic, a Lambda, the work team. */
export type Owner = 'you' | 'role' | 'key' | 'bucket' | 'topic' | 'lambda' | 'team'

const NAMES: Readonly<Record<Owner, string>> = {
  you: 'whoever runs the job',
  role: 'the owner of the execution role',
  key: 'the owner of the KMS key',
  bucket: 'the owner of the bucket',
  topic: 'the owner of the SNS topic',
  lambda: 'the owner of the Lambda function',
  team: 'the owner of the work team',
}

/** Names an owner in words; `undefined` for what is no owner. */
export function ownerName(owner: unknown): string | undefined {
  return typeof owner === 'string' && Object.hasOwn(NAMES, owner) ? NAMES[owner as Owner] : undefined
}

/** Every owner that can be named. */
export const OWNERS = Object.keys(NAMES) as readonly Owner[]
