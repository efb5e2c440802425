import { checkValues } from './check-values.js'
import { refuseUnknownFields, refuseUnknownValue } from './refuse-setup.js'
import type {
  BucketSetup,
  FakeAwsOptions,
  KeySetup,
  LambdaSetup,
  ManagedPolicySetup,
  ObjectSetup,
  OrganizationSetup,
  RoleSetup,
  TopicSetup,
  UserSetup,
  WorkteamSetup,
} from './setup.js'
import { encryptionOf } from './world/encryption-setup.js'
import type { LabelingSettings, Misplacing } from './world/labeling-settings.js'

/** Every field of a set-up, kept complete by the compiler. */
type Fields<Setup> = Readonly<Record<keyof Setup, true>>

const FAKE: Fields<FakeAwsOptions> = {
  region: true,
  account: true,
  now: true,
  caller: true,
  strict: true,
  pageSize: true,
}
const KEY: Fields<KeySetup> = {
  alias: true,
  policy: true,
  sharedPolicy: true,
  state: true,
  spec: true,
  usage: true,
  region: true,
  account: true,
  multiRegion: true,
  origin: true,
  manager: true,
  validTo: true,
  deletionDate: true,
  tags: true,
  grants: true,
  keyId: true,
}
const ROLE: Fields<RoleSetup> = {
  name: true,
  path: true,
  account: true,
  trust: true,
  inline: true,
  attached: true,
  boundary: true,
  tags: true,
  createdAt: true,
  roleId: true,
}
const MANAGED_POLICY: Fields<ManagedPolicySetup> = { name: true, document: true }
const USER: Fields<UserSetup> = {
  name: true,
  path: true,
  account: true,
  policies: true,
  groups: true,
  boundary: true,
  tags: true,
}
const ORGANIZATION: Fields<OrganizationSetup> = { scps: true, rcps: true }
const OBJECT: Fields<ObjectSetup> = {
  key: true,
  encryption: true,
  bucketKey: true,
  lock: true,
  lastModified: true,
  contentType: true,
  storageClass: true,
  size: true,
}
const BUCKET: Fields<BucketSetup> = {
  region: true,
  account: true,
  defaultKey: true,
  versions: true,
  cors: true,
  policy: true,
}
const LAMBDA: Fields<LambdaSetup> = { name: true, region: true, account: true, policy: true }
const TOPIC: Fields<TopicSetup> = { name: true, region: true, account: true, policy: true, key: true }
const CONNECT = { region: true, as: true } as const
const LABELING: Fields<LabelingSettings> = {
  initializingSeconds: true,
  secondsPerObject: true,
  stoppingSeconds: true,
  failEvery: true,
  workers: true,
  machineShare: true,
  leastForAutomation: true,
  looksAt: true,
  misplace: true,
  varied: true,
}
const WORKTEAM: Fields<WorkteamSetup> = {
  name: true,
  groups: true,
  vendor: true,
  region: true,
  account: true,
}
const MISPLACING: Fields<Misplacing> = { in: true, every: true, key: true, encryption: true }

const SETUPS = {
  'fakeAws()': FAKE,
  'key()': KEY,
  'role()': ROLE,
  'managedPolicy()': MANAGED_POLICY,
  'user()': USER,
  'organization()': ORGANIZATION,
  'object()': OBJECT,
  'bucket()': BUCKET,
  'lambda()': LAMBDA,
  'topic()': TOPIC,
  'labeling()': LABELING,
  'workteam()': WORKTEAM,
  'connect()': CONNECT,
}

/** The states of a KMS key. */
const KEY_STATES = [
  'Creating',
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
  'Updating',
]

/** What an object may be encrypted with. */
const ENCRYPTIONS = ['kms', 'dsse', 's3', 'customer-provided', 'none']
const SWITCH = [true, false]

/** Fields that take one of a few values. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  'key()': {
    state: KEY_STATES,
    usage: [
      'ENCRYPT_DECRYPT',
      'SIGN_VERIFY',
      'GENERATE_VERIFY_MAC',
      'KEY_AGREEMENT',
      'ENCAPSULATE_DECAPSULATE',
    ],
    origin: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    manager: ['CUSTOMER', 'AWS'],
  },
  'object()': { encryption: ENCRYPTIONS, bucketKey: SWITCH },
  'bucket()': { versions: SWITCH },
  'labeling()': { workers: ['present', 'absent'], looksAt: ['essentials', 'everything'], varied: SWITCH },
}

/**
 * Refuses a set-up with a field or a value that there is none of.
 *
 * @throws TypeError
 */
export function checkSetup(call: keyof typeof SETUPS, setup: object): void {
  refuseUnknownFields(call, setup, Object.keys(SETUPS[call]))
  for (const [field, known] of Object.entries(VALUES[call] ?? {})) {
    const value = (setup as Record<string, unknown>)[field]
    if (value !== undefined) refuseUnknownValue(`${field} for ${call}`, value, known)
  }
  checkValues(call, setup)
}

/**
 * Refuses a way to misplace objects that there is none of.
 *
 * @throws TypeError
 */
export function checkMisplacing(misplace: Misplacing): void {
  refuseUnknownFields('misplace of labeling()', misplace, Object.keys(MISPLACING))
  if (misplace.encryption !== undefined)
    refuseUnknownValue('encryption of misplace', misplace.encryption, ENCRYPTIONS)
  encryptionOf(misplace)
  if (misplace.every !== undefined && !(Number.isInteger(misplace.every) && misplace.every > 0))
    throw new TypeError(`misplace of labeling() takes a whole number for every, not ${misplace.every}`)
}

/**
 * Refuses a state that no key has.
 *
 * @throws TypeError
 */
export function checkKeyState(state: string): void {
  refuseUnknownValue('state of a key', state, KEY_STATES)
}
