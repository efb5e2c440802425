/** The calls to IAM and STS. */
export interface IamCalls {
  'iam:GetRole': { input: { RoleName: string }; output: { Role?: IamRole } }
  'iam:ListRolePolicies': {
    input: { RoleName: string; Marker?: string; MaxItems?: number }
    output: { PolicyNames?: string[]; IsTruncated?: boolean; Marker?: string }
  }
  'iam:GetRolePolicy': {
    input: { RoleName: string; PolicyName: string }
    output: { PolicyDocument?: string }
  }
  'iam:PutRolePolicy': {
    input: { RoleName: string; PolicyName: string; PolicyDocument: string }
    output: object
  }
  'iam:DeleteRolePolicy': { input: { RoleName: string; PolicyName: string }; output: object }
  'iam:ListAttachedRolePolicies': {
    input: { RoleName: string; Marker?: string; MaxItems?: number }
    output: AttachedPage
  }
  'iam:GetUser': { input: { UserName: string }; output: { User?: IamUser } }
  'iam:ListUserPolicies': {
    input: { UserName: string; Marker?: string; MaxItems?: number }
    output: { PolicyNames?: string[]; IsTruncated?: boolean; Marker?: string }
  }
  'iam:GetUserPolicy': {
    input: { UserName: string; PolicyName: string }
    output: { PolicyDocument?: string }
  }
  'iam:ListAttachedUserPolicies': {
    input: { UserName: string; Marker?: string; MaxItems?: number }
    output: AttachedPage
  }
  'iam:ListGroupsForUser': {
    input: { UserName: string; Marker?: string; MaxItems?: number }
    output: { Groups?: { GroupName?: string }[]; IsTruncated?: boolean; Marker?: string }
  }
  'iam:ListGroupPolicies': {
    input: { GroupName: string; Marker?: string; MaxItems?: number }
    output: { PolicyNames?: string[]; IsTruncated?: boolean; Marker?: string }
  }
  'iam:GetGroupPolicy': {
    input: { GroupName: string; PolicyName: string }
    output: { PolicyDocument?: string }
  }
  'iam:ListAttachedGroupPolicies': {
    input: { GroupName: string; Marker?: string; MaxItems?: number }
    output: AttachedPage
  }
  'iam:GetPolicy': { input: { PolicyArn: string }; output: { Policy?: { DefaultVersionId?: string } } }
  'iam:GetPolicyVersion': {
    input: { PolicyArn: string; VersionId: string }
    output: { PolicyVersion?: { Document?: string } }
  }
  'iam:SimulatePrincipalPolicy': {
    input: {
      PolicySourceArn: string
      ActionNames: string[]
      ResourceArns?: string[]
      ContextEntries?: {
        ContextKeyName: string
        ContextKeyValues: string[]
        ContextKeyType: 'string' | 'stringList'
      }[]
      Marker?: string
    }
    output: { EvaluationResults?: SimulationResult[]; IsTruncated?: boolean; Marker?: string }
  }
  'sts:GetCallerIdentity': {
    input: Record<string, never>
    output: { Account?: string; Arn?: string; UserId?: string }
  }
  'sts:AssumeRole': {
    input: { RoleArn: string; RoleSessionName: string; DurationSeconds: number }
    output: {
      Credentials?: {
        AccessKeyId: string | undefined
        SecretAccessKey: string | undefined
        SessionToken: string | undefined
      }
    }
  }
}

/** A page of attached managed policies. */
interface AttachedPage {
  AttachedPolicies?: { PolicyName?: string; PolicyArn?: string }[]
  IsTruncated?: boolean
  Marker?: string
}

/** An IAM user as GetUser gives it. */
interface IamUser {
  Arn?: string
  UserId?: string
  PermissionsBoundary?: { PermissionsBoundaryArn?: string }
  Tags?: { Key?: string; Value?: string }[]
}

/** An IAM role as GetRole gives it. */
export interface IamRole {
  Arn?: string
  RoleName?: string
  RoleId?: string
  Path?: string
  CreateDate?: Date
  AssumeRolePolicyDocument?: string
  MaxSessionDuration?: number
  PermissionsBoundary?: { PermissionsBoundaryArn?: string }
  Tags?: { Key?: string; Value?: string }[]
}

/** One result of SimulatePrincipalPolicy. */
export interface SimulationResult {
  EvalActionName?: string
  EvalDecision?: string
  OrganizationsDecisionDetail?: { AllowedByOrganizations?: boolean }
  PermissionsBoundaryDecisionDetail?: { AllowedByPermissionsBoundary?: boolean }
  MissingContextValues?: string[]
  /** Since July 2026 AWS gives one result an action, with the resources in here. */
  ResourceSpecificResults?: {
    EvalResourceName?: string
    EvalResourceDecision?: string
    MissingContextValues?: string[]
  }[]
}
