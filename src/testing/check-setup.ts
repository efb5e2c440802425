import { refuseUnknownFields, refuseUnknownValue } from './refuse-setup.js'
import type {
  FakeAwsOptions,
  KeySetup,
  ManagedPolicySetup,
  ObjectSetup,
  OrganizationSetup,
  RoleSetup,
  UserSetup,
} from './setup.js'
import type { LabelingSettings } from './world/labeling-settings.js'

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
const USER: Fields<UserSetup> = { name: true, path: true, account: true, policies: true }
const ORGANIZATION: Fields<OrganizationSetup> = { scps: true, rcps: true }
const OBJECT: Fields<ObjectSetup> = { key: true }
const BUCKET = { region: true, account: true } as const
const LABELING: Fields<LabelingSettings> = {
  initializingSeconds: true,
  secondsPerObject: true,
  stoppingSeconds: true,
  failEvery: true,
  workers: true,
  machineShare: true,
  leastForAutomation: true,
}

const SETUPS = {
  'fakeAws()': FAKE,
  'key()': KEY,
  'role()': ROLE,
  'managedPolicy()': MANAGED_POLICY,
  'user()': USER,
  'organization()': ORGANIZATION,
  'object()': OBJECT,
  'bucket()': BUCKET,
  'labeling()': LABELING,
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

/** Fields that take one of a few values. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
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
  'labeling()': { workers: ['present', 'absent'] },
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
}

/**
 * Refuses a state that no key has.
 *
 * @throws TypeError
 */
export function checkKeyState(state: string): void {
  refuseUnknownValue('state of a key', state, KEY_STATES)
}
