/** The calls to KMS. Every cryptographic one is a dry run. */
export interface KmsCalls {
  'kms:DescribeKey': { input: { KeyId: string }; output: { KeyMetadata?: KeyMetadata } }
  'kms:GetKeyPolicy': {
    input: { KeyId: string; PolicyName: 'default' | 'AWS_RAM' }
    output: { Policy?: string }
  }
  'kms:ListKeyPolicies': {
    input: { KeyId: string; Marker?: string; Limit?: number }
    output: { PolicyNames?: string[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:PutKeyPolicy': { input: { KeyId: string; PolicyName: 'default'; Policy: string }; output: object }
  'kms:ListGrants': {
    input: { KeyId: string; GranteePrincipal?: string; Marker?: string; Limit?: number }
    output: { Grants?: Grant[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:CreateGrant': {
    input: {
      KeyId: string
      GranteePrincipal: string
      Operations: string[]
      Name?: string
      RetiringPrincipal?: string
      DryRun?: boolean
    }
    output: { GrantId?: string; GrantToken?: string }
  }
  'kms:RevokeGrant': { input: { KeyId: string; GrantId: string }; output: object }
  'kms:ListAliases': {
    input: { KeyId?: string; Marker?: string; Limit?: number }
    output: {
      Aliases?: {
        AliasName?: string
        AliasArn?: string
        TargetKeyId?: string
        CreationDate?: Date
        LastUpdatedDate?: Date
      }[]
      NextMarker?: string
      Truncated?: boolean
    }
  }
  'kms:ListResourceTags': {
    input: { KeyId: string; Marker?: string; Limit?: number }
    output: { Tags?: { TagKey?: string; TagValue?: string }[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:Encrypt': { input: { KeyId: string; Plaintext: Uint8Array; DryRun: true }; output: object }
  'kms:Decrypt': {
    input: { KeyId: string; DryRun: true; DryRunModifiers: ['IGNORE_CIPHERTEXT'] }
    output: object
  }
  'kms:ReEncrypt': {
    input: {
      SourceKeyId: string
      DestinationKeyId: string
      DryRun: true
      DryRunModifiers: ['IGNORE_CIPHERTEXT']
    }
    output: object
  }
  'kms:GenerateDataKey': { input: { KeyId: string; KeySpec: 'AES_256'; DryRun: true }; output: object }
  'kms:GenerateDataKeyWithoutPlaintext': {
    input: { KeyId: string; KeySpec: 'AES_256'; DryRun: true }
    output: object
  }
  'kms:GenerateDataKeyPair': {
    input: { KeyId: string; KeyPairSpec: 'ECC_NIST_P256'; DryRun: true }
    output: object
  }
  'kms:GenerateDataKeyPairWithoutPlaintext': {
    input: { KeyId: string; KeyPairSpec: 'ECC_NIST_P256'; DryRun: true }
    output: object
  }
}

/** The parts of KMS's KeyMetadata that decide whether a key can be used. */
export interface KeyMetadata {
  KeyId?: string
  Arn?: string
  AWSAccountId?: string
  Enabled?: boolean
  KeyState?: string
  KeySpec?: string
  KeyUsage?: string
  KeyManager?: string
  Origin?: string
  MultiRegion?: boolean
  ValidTo?: Date
  DeletionDate?: Date
  CreationDate?: Date
}

/** One grant on a key. */
export interface Grant {
  GrantId?: string
  Name?: string
  GranteePrincipal?: string
  GranteeServicePrincipal?: string
  IssuingAccount?: string
  Operations?: string[]
  CreationDate?: Date
  RetiringPrincipal?: string
  Constraints?: {
    EncryptionContextEquals?: Record<string, string>
    EncryptionContextSubset?: Record<string, string>
    SourceArn?: string
  }
}
