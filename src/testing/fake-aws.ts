import type { Aws, AwsClient } from '../aws/aws.js'
import { connect } from '../aws/connect.js'
import { printAs } from '../show/shown.js'
import {
  addKey,
  addManagedPolicy,
  addRole,
  addUser,
  addWorkteam,
  callerOf,
  emptyWorld,
  introduce,
} from './build-world.js'
import { type CallLog, WritableCallLog } from './call-log.js'
import { checkKeyState, checkMisplacing, checkSetup } from './check-setup.js'
import { checkBucketName, checkObject } from './check-values.js'
import { describeWorld } from './describe-world.js'
import { dispatch } from './dispatch.js'
import type { FaultPlan } from './fault-plan.js'
import { Faults } from './faults.js'
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
import { addBucket, addObject } from './setup-objects.js'
import { addLambda, addTopic } from './setup-services.js'
import type { Caller } from './world/caller.js'
import { type FakeClock, makeClock } from './world/fake-clock.js'
import { type LabelingSettings, withDefaults } from './world/labeling-settings.js'
import { readObject } from './world/read-object.js'
import type { World } from './world/world.js'

/** Takes commands of the SDK as a client does, in one region and as one caller. */
export interface FakeSender extends AwsClient {
  /** The same fake in another region. */
  in(region: string): FakeSender
  /** The same fake called by somebody else: the ARN of a user, of a role session or of an account's root. */
  as(callerArn: string): FakeSender
  /** The same fake in another region, with the credentials of a role session, or both. */
  with(change: { readonly region?: string; readonly credentials?: object }): FakeSender
  readonly config: { readonly region: string }
}

/** An AWS inside the process: accounts to set up, and a client to hand to the code under test. */
export interface FakeAws extends FakeSender {
  /** Sets up a KMS key, under the default key policy unless told otherwise. */
  key(setup?: KeySetup): { readonly keyId: string; readonly keyArn: string }
  /** Changes the state of a key, for instance to `Disabled`. */
  setKeyState(keyArn: string, state: string): void
  /** Sets up an IAM role, which sagemaker.amazonaws.com may assume unless told otherwise. */
  role(setup: RoleSetup): { readonly roleArn: string; readonly roleId: string }
  /** Deletes a role; key policies that name it show its unique id from now on. */
  deleteRole(roleArn: string): void
  /** Sets up an IAM user. */
  user(setup: UserSetup): { readonly userArn: string }
  /** Sets up a managed policy and gives its ARN. */
  managedPolicy(setup: ManagedPolicySetup): string
  /** Puts policies of an organization above all accounts. */
  organization(setup: OrganizationSetup): void
  /** Sets up a bucket. */
  bucket(name: string, setup?: BucketSetup): void
  /** Sets up a Lambda function and gives its ARN. */
  lambda(setup: LambdaSetup): { readonly lambdaArn: string }
  /** Sets up an SNS topic and gives its ARN. */
  topic(setup: TopicSetup): { readonly topicArn: string }
  /** Puts an object; its bucket is made when it is missing. */
  object(uri: string, content: string | Uint8Array, options?: ObjectSetup): void
  /** Reads an object as text, past all permissions. */
  read(uri: string): string
  /** Sets up a work team. */
  workteam(setup: WorkteamSetup): { readonly workteamArn: string }
  /** Says how labeling jobs go that are created from now on. */
  labeling(settings: LabelingSettings): void
  /** Sends a message to an SNS topic: a new object for the streaming jobs that listen to it. */
  publish(topicArn: string, message: object): void
  /**
   * Makes calls go wrong, or runs code of yours around them.
   *
   * @throws TypeError for a call, a fault or a field that does not exist
   *
   * @example
   * const cloud = fakeAws()
   * cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'throttle', times: 2 })
   * cloud.inject({
   *   call: 'iam:GetRole',
   *   fault: { before: ({ input }) => (input['RoleName'] === 'Ops' ? 'access-denied' : undefined) },
   * })
   */
  inject(plan: FaultPlan): void
  /** A connection of this library to the fake, on the fake's clock. */
  connect(options?: { readonly region?: string; readonly as?: string }): Aws
  /** The calls made so far. */
  readonly calls: CallLog
  readonly clock: FakeClock
}

/**
 * Makes an AWS inside the process that takes the SDK's own commands: KMS keys, policies and grants, IAM roles, STS,
 * S3 and labeling jobs. It judges permissions, answers with AWS's error names, never sleeps, and refuses calls that it
 * does not know. Give it to `connect({ clients: cloud })` or, with its clock, take `cloud.connect()`.
 *
 * @example
 * const cloud = fakeAws()
 * const { keyArn } = cloud.key({ alias: 'alias/gt-output' })
 * const aws = cloud.connect()
 */
export function fakeAws(options: FakeAwsOptions = {}): FakeAws {
  checkSetup('fakeAws()', options)
  const clock = makeClock(options.now ?? new Date('2026-11-23T09:00:00Z'), () => {
    for (const job of world.jobs.values()) job.moveTo(clock.now())
  })
  const world = emptyWorld(options, clock)
  const faults = new Faults()
  const log = new WritableCallLog()
  const state = { world, faults, log }
  const home = makeSender(state, world.region, world.defaultCaller)

  const fake: FakeAws = {
    ...home,
    key(setup = {}) {
      checkSetup('key()', setup)
      return addKey(world, setup)
    },
    setKeyState(keyArn, state) {
      checkKeyState(state)
      keyOf(world, keyArn).state = state
    },
    role(setup) {
      checkSetup('role()', setup)
      return addRole(world, setup)
    },
    deleteRole(roleArn) {
      if (!world.roles.delete(roleArn)) throw new TypeError(`There is no role ${roleArn}`)
    },
    user(setup) {
      checkSetup('user()', setup)
      return addUser(world, setup)
    },
    managedPolicy(setup) {
      checkSetup('managedPolicy()', setup)
      return addManagedPolicy(world, setup)
    },
    organization(setup) {
      checkSetup('organization()', setup)
      const { scps = [], rcps = [] } = setup
      world.scps = scps
      world.rcps = rcps
    },
    bucket(name, setup = {}) {
      checkBucketName(name)
      checkSetup('bucket()', setup)
      addBucket(world, name, setup)
    },
    lambda(setup) {
      checkSetup('lambda()', setup)
      return addLambda(world, setup)
    },
    topic(setup) {
      checkSetup('topic()', setup)
      return addTopic(world, setup)
    },
    object(uri, content, options = {}) {
      checkObject(uri, content)
      checkSetup('object()', options)
      addObject(world, uri, content, options)
    },
    read: (uri) => readObject(world, uri),
    workteam(setup) {
      checkSetup('workteam()', setup)
      return addWorkteam(world, setup)
    },
    labeling(settings) {
      checkSetup('labeling()', settings)
      if (settings.misplace !== undefined) checkMisplacing(settings.misplace)
      world.labeling = withDefaults(settings)
    },
    publish(topicArn, message) {
      for (const job of world.jobs.values()) job.receive(topicArn, JSON.stringify(message), clock.now())
    },
    inject: (plan) => faults.add(plan),
    connect(options = {}) {
      checkSetup('connect()', options)
      const { region = world.region, as } = options
      const sender = as === undefined ? home : home.as(as)
      return connect({ region, clients: sender.in(region), clock })
    },
    calls: log,
    clock,
  }
  return printAs(fake, () => describeWorld(world, log.length))
}

function makeSender(state: Parameters<typeof dispatch>[2], region: string, caller: Caller): FakeSender {
  const moved = (change: { readonly region?: string; readonly caller?: Caller }) =>
    makeSender(state, change.region ?? region, change.caller ?? caller)
  return {
    config: { region },
    send: (command: unknown, options?: { readonly abortSignal?: AbortSignal }) =>
      dispatch(command, { region, caller }, state, options?.abortSignal),
    in: (other) => moved({ region: other }),
    as(arn) {
      const other = callerOf(arn)
      introduce(state.world, other)
      return moved({ caller: other })
    },
    with({ region: other = region, credentials }) {
      if (credentials === undefined) return moved({ region: other })
      const session = state.world.sessions.get(
        (credentials as { readonly accessKeyId?: string }).accessKeyId ?? '',
      )
      if (session === undefined) {
        throw new TypeError('These credentials are not from this fake: get some with sts:AssumeRole')
      }
      return moved({ region: other, caller: callerOf(session) })
    },
  }
}

function keyOf(world: World, keyArn: string) {
  const key = world.keys.get(keyArn)
  if (key === undefined) throw new TypeError(`There is no key ${keyArn}`)
  return key
}
