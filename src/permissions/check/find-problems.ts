import type { Problem } from '../../errors/problem.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { RoleSources } from '../read/read-role.js'
import { judgeTrust } from './judge-trust.js'

/** Something beside the key actions that keeps a job from running, or may. */
type PermissionProblemCode =
  | 'role-not-found'
  | 'role-arn-wrong'
  | 'trust-policy-lacks-sagemaker'
  | 'trust-policy-denies-sagemaker'
  | 'trust-policy-asks-source'
  | 'trust-policy-unclear'
  | 'key-expires'
  | 'key-in-custom-store'

type PermissionProblem = Problem<PermissionProblemCode>

/** Where each is in the request, and the AWS text that it comes from. */
const PLACES: Readonly<Record<PermissionProblemCode, Pick<Problem, 'path' | 'source'>>> = {
  'role-not-found': { path: 'RoleArn', source: 'IAM API reference, GetRole' },
  'role-arn-wrong': { path: 'RoleArn', source: 'IAM user guide, IAM identifiers: paths are part of ARNs' },
  'trust-policy-lacks-sagemaker': {
    path: 'RoleArn',
    source: 'SageMaker developer guide, execution roles: trust',
  },
  'trust-policy-denies-sagemaker': { path: 'RoleArn', source: 'IAM user guide, policy evaluation logic' },
  'trust-policy-asks-source': {
    path: 'RoleArn',
    source: 'SageMaker developer guide, cross-service confused deputy prevention',
  },
  'trust-policy-unclear': { path: 'RoleArn', source: 'SageMaker developer guide, execution roles: trust' },
  'key-expires': { path: 'KmsKeyId', source: 'KMS developer guide, importing key material: expiration' },
  'key-in-custom-store': {
    path: 'KmsKeyId',
    source: 'KMS developer guide, custom key stores and request quotas',
  },
}

function permissionProblem(problem: Omit<PermissionProblem, 'path' | 'source'>): PermissionProblem {
  return { ...problem, ...PLACES[problem.code] }
}

/** Finds what is wrong with the role itself and with the keys, apart from the actions. Pure. */
export function findPermissionProblems(sources: PermissionSources): readonly PermissionProblem[] {
  return [
    ...findRoleProblems(sources.role, sources.region),
    ...sources.keys.flatMap((key) => keyProblems(key, sources.runsUntil)),
  ]
}

/** Finds what is wrong with the role itself, for jobs in a region. Pure. */
export function findRoleProblems(role: RoleSources, region: string): readonly PermissionProblem[] {
  if (role.presence === 'not-found') {
    return [
      permissionProblem({
        code: 'role-not-found',
        severity: 'error',
        what: `The job names the role ${role.given}`,
        why: `IAM has no role ${role.name} in account ${role.account}`,
        fix: 'Correct .role(), or create the role',
      }),
    ]
  }
  if (role.arn !== role.given) {
    return [
      permissionProblem({
        code: 'role-arn-wrong',
        severity: 'error',
        what: `The job names the role ${role.given}`,
        why: `the role ${role.name} has the ARN ${role.arn}; the path is part of it`,
        fix: `Use .role('${role.arn}')`,
      }),
    ]
  }
  return role.trustPolicy === 'UNREADABLE' ? [] : trustProblems(role.trustPolicy, role, region)
}

function trustProblems(trustPolicy: string, role: RoleSources, region: string): readonly PermissionProblem[] {
  const { verdict, asked: conditions, denials } = judgeTrust(trustPolicy, { account: role.account, region })
  const what = `The trust policy of ${role.arn}`
  const asked = conditions.join(', and ')
  const denied = denials.join(', and ')
  const jobs = `labeling jobs of account ${role.account} in ${region}`
  switch (verdict) {
    case 'trusted':
      return []
    case 'not-trusted':
      if (denied !== '')
        return [
          permissionProblem({
            code: 'trust-policy-denies-sagemaker',
            severity: 'error',
            what,
            why: `it denies sagemaker.amazonaws.com to assume the role, in ${denied}`,
            fix: 'Remove that Deny, or have it spare SageMaker: no Allow outweighs it',
          }),
        ]
      return [
        permissionProblem({
          code: 'trust-policy-lacks-sagemaker',
          severity: 'error',
          what,
          why: `it does not let sagemaker.amazonaws.com assume the role${asked && `: it asks for ${asked}, and ${jobs} do not meet that`}`,
          fix: `Allow sts:AssumeRole for the service sagemaker.amazonaws.com in the trust policy${asked && `, under no other condition than aws:SourceAccount ${role.account}`}`,
        }),
      ]
    case 'as-advised':
      return [
        permissionProblem({
          code: 'trust-policy-asks-source',
          severity: 'warning',
          what,
          why: `it ${[asked && `asks for ${asked}`, denied && `denies SageMaker in ${denied}`].filter(Boolean).join(', and ')}, as AWS advises for SageMaker; of labeling jobs no page says that they bring it`,
          fix: 'Go by that advice: CreateLabelingJob says no at once if SageMaker may not assume the role. Otherwise leave the condition out',
        }),
      ]
    case 'unknown':
      return [
        permissionProblem({
          code: 'trust-policy-unclear',
          severity: 'warning',
          what,
          why: `whether SageMaker may assume the role depends on ${[asked, denied && `the Deny ${denied}`].filter(Boolean).join(', and on ') || 'a statement that is not certain to be about SageMaker'}`,
          fix: `Check that it holds for ${jobs}: CreateLabelingJob says no at once if it does not. A statement without conditions that allows sts:AssumeRole for the service sagemaker.amazonaws.com settles it where nothing denies`,
        }),
      ]
  }
}

function keyProblems(sources: KeySources, runsUntil: Date): readonly PermissionProblem[] {
  return [...expiry(sources, runsUntil), ...customStore(sources)]
}

function customStore({ key }: KeySources): readonly PermissionProblem[] {
  if (key.origin !== 'AWS_CLOUDHSM' && key.origin !== 'EXTERNAL_KEY_STORE') return []
  return [
    permissionProblem({
      code: 'key-in-custom-store',
      severity: 'warning',
      what: `The key ${key.arn}`,
      why: `it lies in a custom key store (${key.origin}), which shares 1,800 requests a second and takes no kms:GenerateDataKeyPair, whatever the policies say`,
      fix: 'Nothing need be done unless the job writes very many objects: no known call of a labeling job makes key pairs',
    }),
  ]
}

function expiry({ key }: KeySources, runsUntil: Date): readonly PermissionProblem[] {
  if (key.expiresAt === undefined || key.expiresAt > runsUntil) return []
  return [
    permissionProblem({
      code: 'key-expires',
      severity: 'warning',
      what: `The key ${key.arn}`,
      why: `its imported key material expires on ${key.expiresAt.toISOString().slice(0, 10)}, when the job may still run`,
      fix: 'Have its administrator import the material again with a later date',
    }),
  ]
}
