export type { CallLog, LoggedCall } from './call-log.js'
export { type FakeAws, type FakeSender, fakeAws } from './fake-aws.js'
export type {
  AfterHook,
  BeforeHook,
  ErrorFault,
  Fault,
  FaultPlan,
  InjectedCall,
  InsteadHook,
} from './fault-plan.js'
export type {
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
export type { EncryptionSetup } from './world/encryption-setup.js'
export type { FakeClock } from './world/fake-clock.js'
export type { LabelingSettings, Misplacing } from './world/labeling-settings.js'
