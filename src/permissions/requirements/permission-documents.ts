import { parseArn } from '../../names/arn.js'
import type { PolicyDocument, PolicyStatement } from '../policy/policy-document.js'
import { GUIDE_ACTIONS } from './key-requirements.js'
import type { Requirement, RequirementPurpose } from './requirement.js'

/**
 * IAM documents that give a labeling job what it needs, and nothing else. All of them are needed: the key statements in
 * the policies of the keys, the rest on the role.
 */
export interface PermissionDocuments {
  /** For the execution role, as an inline or a managed policy. */
  readonly rolePolicy: PolicyDocument
  /** Who may assume the execution role. */
  readonly trustPolicy: PolicyDocument
  /** To be added to the policy of the output key; absent when the job names none. */
  readonly outputKeyStatement?: PolicyStatement
  /** To be added to the policy of the volume key; absent when the job names none. */
  readonly volumeKeyStatement?: PolicyStatement
}

/**
 * Puts requirements into IAM documents. Key actions go into key policies, as the developer guide shows, and
 * `kms:CreateGrant` both onto the role, as the guide shows, and into the policy of the volume key, which may not delegate
 * to IAM. For a key of another account KMS asks for all of them on both sides. What the request does not name (a
 * topic's key) is left out.
 */
export function permissionDocuments(
  roleArn: string,
  requirements: readonly Requirement[],
): PermissionDocuments {
  const ofRole = requirements.filter(({ who, resource }) => who === 'role' && !resource.startsWith('<'))
  const account = parseArn(roleArn)?.account
  const onRole = ofRole.filter(
    ({ action, purpose, resource }) =>
      (purpose !== 'output-key' && purpose !== 'volume-key') ||
      action === 'kms:CreateGrant' ||
      parseArn(resource)?.account !== account,
  )
  const has = (purpose: RequirementPurpose) => ofRole.some((requirement) => requirement.purpose === purpose)
  return {
    rolePolicy: { Version: '2012-10-17', Statement: statements(onRole) },
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    ...(has('output-key') && { outputKeyStatement: keyStatement('GroundTruthOutputKey', roleArn) }),
    ...(has('volume-key') && {
      volumeKeyStatement: keyStatement('GroundTruthVolumeKey', roleArn, [
        ...GUIDE_ACTIONS,
        'kms:CreateGrant',
      ]),
    }),
  }
}

/** Gives the guide's key policy statement for a role: exact role, five entries, no condition. */
export function keyStatement(
  sid: string,
  roleArn: string,
  actions: readonly string[] = GUIDE_ACTIONS,
): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Principal: { AWS: roleArn }, Action: actions, Resource: '*' }
}

/** Puts together what has the same resource and condition; one statement each. */
function statements(requirements: readonly Requirement[]): readonly PolicyStatement[] {
  const groups = new Map<string, Requirement[]>()
  for (const requirement of requirements) {
    const name = JSON.stringify([requirement.resource, requirement.condition])
    groups.set(name, [...(groups.get(name) ?? []), requirement])
  }
  return [...groups.values()].map((group, index) => {
    const [first] = group as [Requirement]
    return {
      Sid: sidOf(first, index),
      Effect: 'Allow',
      Action: [...new Set(group.map(({ action }) => action))],
      Resource: first.resource,
      ...(first.condition && { Condition: first.condition }),
    }
  })
}

function sidOf({ purpose, resource }: Requirement, index: number): string {
  const words = `${purpose}-${parseArn(resource)?.service ?? ''}`.split('-')
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  return `GroundTruth${name}${index}`
}
