import { refuseUnknownFields, refuseUnknownValue } from './refuse-setup.js'

/** What a field of a set-up takes, in words, and whether a value is that. */
interface Kind {
  readonly takes: string
  readonly fits: (value: unknown) => boolean
}

/** KMS API reference, "KeySpec" of CreateKey. */
export const KEY_SPECS: readonly string[] = [
  'SYMMETRIC_DEFAULT',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_NIST_EDWARDS25519',
  'ECC_SECG_P256K1',
  'HMAC_224',
  'HMAC_256',
  'HMAC_384',
  'HMAC_512',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
  'SM2',
]

const NAME: Kind = { takes: 'a name', fits: (value) => typeof value === 'string' && value !== '' }
const REGION = matching('a region such as eu-west-1', /^[a-z]+(?:-[a-z]+)+-\d+$/)
const ACCOUNT = matching('the 12 digits of an account', /^\d{12}$/)
const SWITCH: Kind = { takes: 'true or false', fits: (value) => typeof value === 'boolean' }
const DATE: Kind = {
  takes: 'a date',
  fits: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
}
const TAGS: Kind = {
  takes: 'an object of texts by tag',
  fits: (value) => isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string'),
}
const POLICY: Kind = {
  takes: 'a policy as an object or as text',
  fits: (value) => isRecord(value) || typeof value === 'string',
}
const POLICIES: Kind = {
  takes: 'an object of policies by name',
  fits: (value) => isRecord(value) && Object.values(value).every(POLICY.fits),
}
const SECONDS: Kind = { takes: 'a number of seconds, 0 or more', fits: (value) => isFrom(0, value) }
const COUNT: Kind = {
  takes: 'a whole number from 1 on',
  fits: (value) => isFrom(1, value) && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY),
}

const PLACE = { region: REGION, account: ACCOUNT }
const PERSON = { name: NAME, path: matching('a path such as /team/', /^\/(?:.*\/)?$/), account: ACCOUNT }

const KINDS: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  'fakeAws()': { ...PLACE, now: DATE, strict: SWITCH, pageSize: COUNT },
  'key()': {
    ...PLACE,
    policy: POLICY,
    sharedPolicy: POLICY,
    multiRegion: SWITCH,
    validTo: DATE,
    deletionDate: DATE,
    tags: TAGS,
    keyId: NAME,
  },
  'role()': {
    ...PERSON,
    trust: POLICY,
    inline: POLICIES,
    attached: { takes: 'an array of managed policies', fits: Array.isArray },
    tags: TAGS,
    createdAt: DATE,
    roleId: NAME,
  },
  'user()': {
    ...PERSON,
    policies: POLICIES,
    groups: {
      takes: 'an object of policies by group and name',
      fits: (value) => isRecord(value) && Object.values(value).every(POLICIES.fits),
    },
    tags: TAGS,
  },
  'managedPolicy()': { name: NAME, document: POLICY },
  'organization()': {
    scps: {
      takes: 'an array of levels, each an array of policies',
      fits: (value) => Array.isArray(value) && value.every(Array.isArray),
    },
    rcps: { takes: 'an array of policies', fits: Array.isArray },
  },
  'bucket()': { ...PLACE, policy: POLICY },
  'lambda()': { ...PLACE, name: NAME, policy: POLICY },
  'topic()': { ...PLACE, name: NAME, policy: POLICY, key: NAME },
  'labeling()': {
    initializingSeconds: SECONDS,
    secondsPerObject: SECONDS,
    stoppingSeconds: SECONDS,
    failEvery: COUNT,
    machineShare: {
      takes: 'a share from 0 to 1',
      fits: (value) => isFrom(0, value) && (value as number) <= 1,
    },
    leastForAutomation: COUNT,
  },
  'connect()': { region: REGION, as: NAME },
}

/** The fields that a set-up cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'role()': ['name'],
  'user()': ['name'],
  'managedPolicy()': ['name', 'document'],
  'lambda()': ['name'],
  'topic()': ['name'],
}

const GRANT_FIELDS = [
  'KeyId',
  'GrantId',
  'Name',
  'GranteePrincipal',
  'GranteeServicePrincipal',
  'IssuingAccount',
  'Operations',
  'CreationDate',
  'RetiringPrincipal',
  'RetiringServicePrincipal',
  'Constraints',
]

/**
 * Refuses a value that its field does not take, and a set-up without a field that it needs.
 *
 * @throws TypeError
 */
export function checkValues(call: string, setup: object): void {
  const values: Readonly<Record<string, unknown>> = { ...setup }
  const missing = NEEDED[call]?.find((field) => values[field] === undefined)
  if (missing !== undefined) throw new TypeError(`${call} needs the field ${missing}.`)
  for (const [field, kind] of Object.entries(KINDS[call] ?? {})) {
    const value = values[field]
    if (value !== undefined && !kind.fits(value)) throw wrong(`${field} of ${call}`, kind.takes, value)
  }
  if (call !== 'key()') return
  if (values['spec'] !== undefined) refuseUnknownValue('spec for key()', values['spec'], KEY_SPECS)
  checkGrants(values['grants'])
}

/**
 * Refuses what is no name of a bucket, such as its address or ARN: no call would find the bucket.
 *
 * @throws TypeError
 */
export function checkBucketName(name: unknown): void {
  if (typeof name === 'string' && /^[a-z\d][a-z\d.-]*$/.test(name)) return
  const meant = typeof name === 'string' ? /^(?:s3:\/\/|arn:[^:]*:s3:::)([^/]+)/.exec(name)?.[1] : undefined
  throw new TypeError(
    `the name of bucket() is text such as acme-gt, not ${typeof name === 'string' ? JSON.stringify(name) : String(name)}${meant === undefined ? '' : `: ${meant} is probably meant`}`,
  )
}

/**
 * Refuses an object that has no address or no content.
 *
 * @throws TypeError
 */
export function checkObject(uri: unknown, content: unknown): void {
  if (typeof uri !== 'string' || !/^s3:\/\/[^/]+\/./.test(uri))
    throw wrong('the address of object()', 'text such as s3://bucket/key', uri)
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    throw wrong('the content of object()', 'text or bytes', content)
}

function checkGrants(grants: unknown): void {
  if (grants === undefined) return
  if (!Array.isArray(grants))
    throw wrong('grants of key()', 'an array of grants as ListGrants gives them', grants)
  for (const grant of grants) refuseUnknownFields('A grant of key()', grant, GRANT_FIELDS)
}

function matching(takes: string, pattern: RegExp): Kind {
  return { takes, fits: (value) => typeof value === 'string' && pattern.test(value) }
}

function wrong(what: string, takes: string, value: unknown): TypeError {
  const given =
    typeof value === 'string' ? JSON.stringify(value) : Array.isArray(value) ? 'an array' : String(value)
  return new TypeError(`${what} is ${takes}, not ${given}.`)
}

function isFrom(least: number, value: unknown): boolean {
  return typeof value === 'number' && value >= least
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
