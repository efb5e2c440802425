export type { CallLog, LoggedCall } from './call-log.js'
export { type FakeAws, type FakeSender, fakeAws } from './fake-aws.js'
export type { Fault, FaultPlan } from './faults.js'
export type {
  FakeAwsOptions,
  KeySetup,
  ManagedPolicySetup,
  OrganizationSetup,
  RoleSetup,
  UserSetup,
} from './setup.js'
export type { FakeClock } from './world/fake-clock.js'
export type { LabelingSettings } from './world/labeling-settings.js'
