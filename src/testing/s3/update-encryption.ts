import type { UpdateObjectEncryptionCommandInput } from '@aws-sdk/client-s3'
import { parseArn } from '../../names/arn.js'
import { keyForm } from '../../names/kms-key.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { findVersion } from './find-version.js'
import { useKeyNamed, useKeyOf } from './key-access.js'

/** Puts an object under another KMS key where it is: content, ETag, version and date stay as they are. */
export function updateEncryption(world: World, call: Call, input: UpdateObjectEncryptionCommandInput) {
  const { KMSKeyArn, bucketKey } = askedFor(input)
  const found = findVersion(world, call, input, neededActions(world))
  const { bucket, object, key } = found
  if (parseArn(KMSKeyArn)?.account !== bucket.account) throw accessDenied('s3', FOREIGN_KEY)
  if (object.isLockedAt(call.at)) throw accessDenied('s3', LOCKED)
  const { encryption } = object
  if (encryption.kind === 'none') throw invalid(UNENCRYPTED)
  if (encryption.kind === 'dsse' || encryption.kind === 'customer-provided') throw invalid(WRONG_SOURCE)
  if (encryption.kind === 'kms') {
    const actions = ['kms:Decrypt', 'kms:ReEncryptFrom']
    useKeyOf(world, call, bucket, { arn: encryption.keyArn, object: key, actions })
  }
  const { arn } = useKeyNamed(world, call, bucket, {
    name: KMSKeyArn,
    object: key,
    actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptTo'],
  })
  object.encryption = { kind: 'kms', keyArn: arn, ...(bucketKey !== undefined && { bucketKey }) }
  call.wrote()
  return {}
}

function askedFor({ ObjectEncryption }: UpdateObjectEncryptionCommandInput) {
  const asked = ObjectEncryption?.SSEKMS
  if (asked === undefined) throw invalid(NO_TYPE)
  const { KMSKeyArn, BucketKeyEnabled: bucketKey } = asked
  if (KMSKeyArn === undefined) throw invalid(NO_KEY)
  if (keyForm(KMSKeyArn) !== 'key-arn') throw invalid(MALFORMED_KEY)
  if (bucketKey !== undefined && typeof bucketKey !== 'boolean') throw invalid(BUCKET_KEY)
  return { KMSKeyArn, bucketKey }
}

/** AWS's own pages differ on whether it takes `s3:PutObject` as well; a strict fake holds with the longer list. */
function neededActions({ strict }: World): readonly string[] {
  return ['s3:UpdateObjectEncryption', ...(strict ? ['s3:PutObject'] : [])]
}

function invalid(message: string): AwsFault {
  return new AwsFault('InvalidRequest', message)
}

const UNENCRYPTED =
  "The UpdateObjectEncryption operation doesn't supported unencrypted source objects. Only source objects encrypted with SSE-S3 or SSE-KMS are supported."
const WRONG_SOURCE =
  "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported."
const NO_TYPE =
  'Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS. Modify the request to specify SSE-KMS for the updated encryption type, and then try again.'
const NO_KEY =
  "Requests that modify an object's encryption type to SSE-KMS require an AWS KMS key Amazon Resource Name (ARN). Modify the request to specify a KMS key ARN, and then try again."
const MALFORMED_KEY =
  "Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN). Confirm that you have a correctly formatted KMS key ARN in your request, and then try again."
const BUCKET_KEY =
  "The BucketKeyEnabled value isn't valid. Valid values are true or false. Modify the request to specify a valid value, and then try again."
const FOREIGN_KEY =
  'The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a KMS key from the same account, and then try again.'
const LOCKED =
  "The encryption type for the specified object can't be updated because that object is protected by S3 Object Lock. If the object has a governance-mode retention period or a legal hold, you must first remove the Object Lock status on the object before you issue your UpdateObjectEncryption request. You can't use the UpdateObjectEncryption operation with objects that have an Object Lock compliance mode retention period applied to them."
