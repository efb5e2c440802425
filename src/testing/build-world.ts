import { partitionOf } from '../names/arn.js'
import type { PolicyDocument } from '../permissions/policy/policy-document.js'
import type {
  FakeAwsOptions,
  KeySetup,
  ManagedPolicySetup,
  RoleSetup,
  UserSetup,
  WorkteamSetup,
} from './setup.js'
import { type Caller, parseCaller } from './world/caller.js'
import { Eventually } from './world/eventually.js'
import type { FakeClock } from './world/fake-clock.js'
import { Ids } from './world/ids.js'
import { withDefaults } from './world/labeling-settings.js'
import { documentText } from './world/policy-document.js'
import { setUpGrant } from './world/stored-grant.js'
import { storePolicy } from './world/stored-policy.js'
import type { World } from './world/world.js'

/** Makes an empty world: nobody in it but the default caller. */
export function emptyWorld(options: FakeAwsOptions, clock: FakeClock): World {
  const { region = 'us-east-1', account = '111122223333' } = options
  const partition = partitionOf(region)
  const world: World = {
    region,
    account,
    partition,
    clock,
    ids: new Ids(),
    strict: options.strict ?? false,
    pageSize: options.pageSize ?? Number.POSITIVE_INFINITY,
    defaultCaller: callerOf(options.caller ?? `arn:${partition}:iam::${account}:user/dev`),
    keys: new Map(),
    aliases: new Map(),
    roles: new Map(),
    users: new Map(),
    policies: new Map(),
    workteams: new Map(),
    buckets: new Map(),
    uploads: new Map(),
    lambdas: new Map(),
    topics: new Map(),
    jobs: new Map(),
    modelJobs: { training: new Map(), transform: new Map(), models: new Map() },
    sessions: new Map(),
    scps: [],
    rcps: [],
    labeling: withDefaults({}),
  }
  // The role of a session is set up later.
  if (world.defaultCaller.kind === 'user') introduce(world, world.defaultCaller)
  return world
}

/** Reads a caller's ARN. */
export function callerOf(arn: string): Caller {
  const caller = parseCaller(arn)
  if (caller !== undefined) return caller
  throw new TypeError(
    `${arn} makes no calls: give the ARN of a user, of a role session or of an account's root`,
  )
}

/** Makes sure that whoever calls exists: users come into being, roles must have been set up. */
export function introduce(world: World, caller: Caller): void {
  if (caller.kind === 'user' && !world.users.has(caller.arn)) {
    const path = caller.arn.slice(caller.arn.indexOf(':user/') + ':user'.length, -caller.name.length)
    addUser(world, { name: caller.name, path, account: caller.account })
  }
  if (caller.kind !== 'role') return
  const exists = [...world.roles.values()].some(
    (role) => role.account === caller.account && role.name === caller.name,
  )
  if (!exists)
    throw new TypeError(`There is no role ${caller.name} in ${caller.account}: set it up with role()`)
}

/** Adds a key with its aliases. */
export function addKey(world: World, setup: KeySetup): { readonly keyId: string; readonly keyArn: string } {
  const { account = world.account, region = world.region, multiRegion = false } = setup
  const made = multiRegion ? `mrk-${world.ids.hex(32)}` : world.ids.uuid()
  const keyId = setup.keyId ?? made
  const arn = `arn:${world.partition}:kms:${region}:${account}:key/${keyId}`
  const text = setup.policy === undefined ? defaultPolicy(world, account) : documentText(setup.policy)
  world.keys.set(arn, {
    keyId,
    arn,
    account,
    region,
    multiRegion,
    spec: setup.spec ?? 'SYMMETRIC_DEFAULT',
    usage: setup.usage ?? 'ENCRYPT_DECRYPT',
    manager: setup.manager ?? 'CUSTOMER',
    origin: setup.origin ?? 'AWS_KMS',
    createdAt: yearAgo(world),
    ...(setup.validTo !== undefined && { validTo: setup.validTo }),
    ...(setup.deletionDate !== undefined && { deletionDate: setup.deletionDate }),
    tags: setup.tags ?? {},
    state: setup.state ?? 'Enabled',
    policy: new Eventually(storePolicy(world, text)),
    ...(setup.sharedPolicy !== undefined && { sharedPolicy: documentText(setup.sharedPolicy) }),
    grants: (setup.grants ?? []).map((grant) => setUpGrant(world, grant)),
  })
  for (const alias of [setup.alias ?? []].flat()) {
    if (!alias.startsWith('alias/')) throw new TypeError(`${alias} is no alias: it starts with alias/`)
    world.aliases.set(`arn:${world.partition}:kms:${region}:${account}:${alias}`, arn)
  }
  return { keyId, keyArn: arn }
}

/** Adds a role with its policies; one of the same ARN is replaced and counts as deleted before. */
export function addRole(
  world: World,
  setup: RoleSetup,
): { readonly roleArn: string; readonly roleId: string } {
  const { name, path = '/', account = world.account } = setup
  const arn = `arn:${world.partition}:iam::${account}:role${path}${name}`
  const id = setup.roleId ?? world.ids.unique('AROA')
  const attached = (setup.attached ?? []).map((policy) =>
    typeof policy === 'string' ? existing(world, policy) : addManagedPolicy(world, policy, account),
  )
  const boundaryArn = boundaryOf(world, name, account, setup.boundary)
  world.roles.set(arn, {
    arn,
    account,
    name,
    path,
    id,
    createdAt: setup.createdAt ?? yearAgo(world),
    trust: setup.trust ?? TRUST_SAGEMAKER,
    inline: new Map(
      Object.entries(setup.inline ?? {}).map(([policy, document]) => [
        policy,
        new Eventually<string | undefined>(documentText(document)),
      ]),
    ),
    attached,
    ...(boundaryArn !== undefined && { boundaryArn }),
    tags: setup.tags ?? {},
  })
  return { roleArn: arn, roleId: id }
}

/** What is set up was there long before, so that nothing about it is still on its way. */
function yearAgo(world: World): Date {
  return new Date(world.clock.now().getTime() - 365 * 86_400_000)
}

/** Adds a managed policy and gives its ARN. */
export function addManagedPolicy(world: World, setup: ManagedPolicySetup, account = world.account): string {
  const arn = `arn:${world.partition}:iam::${account}:policy/${setup.name}`
  world.policies.set(arn, { arn, ...setup })
  return arn
}

/** Adds a work team and gives its ARN. */
export function addWorkteam(world: World, setup: WorkteamSetup): { readonly workteamArn: string } {
  const { name, groups = ['workers'], vendor = false, region = world.region, account = world.account } = setup
  const crowd = vendor ? 'vendor-crowd' : 'private-crowd'
  const arn = `arn:${world.partition}:sagemaker:${region}:${account}:workteam/${crowd}/${name}`
  world.workteams.set(arn, { arn, groups, createdAt: world.clock.now() })
  return { workteamArn: arn }
}

/** Adds a user and gives its ARN. */
export function addUser(world: World, setup: UserSetup): { readonly userArn: string } {
  const { name, path = '/', account = world.account, policies, groups, boundary, tags = {} } = setup
  const arn = `arn:${world.partition}:iam::${account}:user${path}${name}`
  const isAdministrator = policies === undefined && groups === undefined && !world.strict
  const boundaryArn = boundaryOf(world, name, account, boundary)
  world.users.set(arn, {
    arn,
    account,
    name,
    id: world.ids.unique('AIDA'),
    policies: new Map(Object.entries(policies ?? {})),
    attached: isAdministrator ? [administratorAccess(world)] : [],
    groups: new Map(
      Object.entries(groups ?? {}).map(([group, own]) => [group, new Map(Object.entries(own))] as const),
    ),
    ...(boundaryArn !== undefined && { boundaryArn }),
    tags,
  })
  return { userArn: arn }
}

/** AWS's own policy that allows everything. */
function administratorAccess(world: World): string {
  const arn = `arn:${world.partition}:iam::aws:policy/AdministratorAccess`
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  if (!world.policies.has(arn)) world.policies.set(arn, { arn, name: 'AdministratorAccess', document })
  return arn
}

function boundaryOf(
  world: World,
  name: string,
  account: string,
  boundary: string | PolicyDocument | undefined,
): string | undefined {
  return typeof boundary === 'object'
    ? addManagedPolicy(world, { name: `${name}Boundary`, document: boundary }, account)
    : boundary && existing(world, boundary)
}

const TRUST_SAGEMAKER = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
}

function defaultPolicy(world: World, account: string): string {
  return documentText({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${world.partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  })
}

function existing(world: World, arn: string): string {
  if (world.policies.has(arn)) return arn
  throw new TypeError(`There is no managed policy ${arn}: set it up with managedPolicy()`)
}
