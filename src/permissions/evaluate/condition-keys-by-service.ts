/**
 * The condition keys of a service's own that the request of an action can hold, in lower case, `*` for the part that a
 * policy's author chooses (service authorization reference, "Actions, resources, and condition keys" of S3, Lambda, SNS,
 * IAM, SageMaker). Only actions that a labeling job needs; keys of access points are left out, as jobs name buckets.
 */
const KEYS_OF_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  's3:listbucket': [
    ...ofEveryS3Request(),
    's3:accessgrantsinstancearn',
    's3:delimiter',
    's3:max-keys',
    's3:prefix',
  ],
  's3:getbucketlocation': ofEveryS3Request(),
  's3:getobject': [...ofEveryS3Request(), 's3:accessgrantsinstancearn', 's3:existingobjecttag/*'],
  's3:abortmultipartupload': [...ofEveryS3Request(), 's3:accessgrantsinstancearn'],
  's3:putobject': [
    ...ofEveryS3Request(),
    's3:accessgrantsinstancearn',
    's3:if-match',
    's3:if-none-match',
    's3:object-lock-event-hold',
    's3:object-lock-event-hold-duration-days',
    's3:object-lock-legal-hold',
    's3:object-lock-mode',
    's3:object-lock-remaining-retention-days',
    's3:object-lock-retain-until-date',
    's3:objectcreationoperation',
    's3:requestobjecttag/*',
    's3:requestobjecttagkeys',
    's3:x-amz-acl',
    's3:x-amz-copy-source',
    's3:x-amz-grant-full-control',
    's3:x-amz-grant-read',
    's3:x-amz-grant-read-acp',
    's3:x-amz-grant-write',
    's3:x-amz-grant-write-acp',
    's3:x-amz-metadata-directive',
    's3:x-amz-object-annotation-directive',
    's3:x-amz-server-side-encryption',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:x-amz-server-side-encryption-customer-algorithm',
    's3:x-amz-storage-class',
    's3:x-amz-website-redirect-location',
  ],
  'lambda:invokefunction': ['lambda:eventsourcetoken', 'lambda:invokedviafunctionurl'],
  'sns:publish': [],
  'iam:passrole': ['iam:associatedresourcearn', 'iam:passedtoservice', 'iam:resourcetag/*'],
  'sagemaker:createlabelingjob': [
    // The older names are deprecated, and stand in the examples of the guide.
    'sagemaker:outputkmskey',
    'sagemaker:outputkmskeyarn',
    'sagemaker:resourcetag/*',
    'sagemaker:volumekmskey',
    'sagemaker:volumekmskeyarn',
    'sagemaker:workteamarn',
    'sagemaker:workteamtype',
  ],
}

function ofEveryS3Request(): readonly string[] {
  return [
    's3:authtype',
    's3:buckettag/*',
    's3:resourceaccount',
    's3:signatureage',
    's3:signatureversion',
    's3:tlsversion',
    's3:x-amz-content-sha256',
  ]
}

/** Services whose own keys are listed above. */
const LISTED_PREFIXES = ['s3:', 'lambda:', 'sns:', 'iam:', 'sagemaker:', 'kms:']

const ALWAYS: ReadonlySet<string> = new Set(['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime'])

/** Tells whether a role's request of an action of another service than KMS can hold a condition key, both in lower case. */
export function presenceElsewhere(key: string, action: string): 'always' | 'perhaps' | 'never' {
  if (ALWAYS.has(key)) return 'always'
  const listed = KEYS_OF_ACTIONS[action]
  if (listed === undefined || !LISTED_PREFIXES.some((prefix) => key.startsWith(prefix))) return 'perhaps'
  return listed.some((each) => each === key || isChosenPart(each, key)) ? 'perhaps' : 'never'
}

function isChosenPart(pattern: string, key: string): boolean {
  return pattern.endsWith('*') && key.length >= pattern.length && key.startsWith(pattern.slice(0, -1))
}
