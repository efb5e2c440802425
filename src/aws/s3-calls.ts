/** The calls to S3. */
export interface S3Calls {
  's3:GetObject': {
    input: { Bucket: string; Key: string }
    output: { Body?: S3Body; ContentLength?: number }
  }
  's3:GetBucketLocation': { input: { Bucket: string }; output: { LocationConstraint?: string } }
  's3:GetBucketEncryption': {
    input: { Bucket: string }
    output: { ServerSideEncryptionConfiguration?: { Rules?: BucketEncryptionRule[] } }
  }
  's3:GetBucketCors': { input: { Bucket: string }; output: { CORSRules?: CorsRule[] } }
  's3:PutObject': {
    input: {
      Bucket: string
      Key: string
      Body: string | Uint8Array
      ContentType?: string
      ServerSideEncryption?: 'aws:kms'
      SSEKMSKeyId?: string
    }
    output: { ETag?: string }
  }
  's3:GetBucketPolicy': { input: { Bucket: string }; output: { Policy?: string } }
  's3:HeadObject': {
    /** Never a checksum mode: with one, the caller needs rights on the object's KMS key. */
    input: { Bucket: string; Key: string; VersionId?: string }
    output: ObjectHead
  }
  's3:UpdateObjectEncryption': {
    input: {
      ExpectedBucketOwner?: string
      Bucket: string
      Key: string
      VersionId?: string
      ObjectEncryption: { SSEKMS: { KMSKeyArn: string; BucketKeyEnabled?: boolean } }
    }
    output: object
  }
  's3:CopyObject': {
    input: {
      Bucket: string
      Key: string
      CopySource: string
      CopySourceIfMatch?: string
      IfMatch?: string
      ServerSideEncryption?: 'aws:kms'
      SSEKMSKeyId?: string
      BucketKeyEnabled?: boolean
      StorageClass?: string
    }
    output: { CopyObjectResult?: { ETag?: string }; VersionId?: string }
  }
  's3:ListObjectsV2': {
    input: {
      Bucket: string
      Prefix?: string
      ContinuationToken?: string
      MaxKeys?: number
      /** Names may hold characters that XML cannot; `url` writes them so that it can. */
      EncodingType?: 'url'
    }
    output: {
      Contents?: { Key?: string; Size?: number; ETag?: string; LastModified?: Date; StorageClass?: string }[]
      EncodingType?: 'url'
      IsTruncated?: boolean
      NextContinuationToken?: string
    }
  }
  's3:ListObjectVersions': {
    input: {
      Bucket: string
      Prefix?: string
      KeyMarker?: string
      VersionIdMarker?: string
      MaxKeys?: number
      EncodingType?: 'url'
    }
    output: {
      Versions?: {
        Key?: string
        VersionId?: string
        IsLatest?: boolean
        Size?: number
        ETag?: string
        LastModified?: Date
        StorageClass?: string
      }[]
      DeleteMarkers?: { Key?: string; VersionId?: string; IsLatest?: boolean; LastModified?: Date }[]
      EncodingType?: 'url'
      IsTruncated?: boolean
      NextKeyMarker?: string
      NextVersionIdMarker?: string
    }
  }
}

/** The body of an S3 object: a Node stream in Node, with the SDK's own readers on it. */
export type S3Body = AsyncIterable<Uint8Array> & { transformToString(): Promise<string> }

/** What HeadObject tells of an object, or of one version of it. */
export interface ObjectHead {
  VersionId?: string
  ETag?: string
  ContentLength?: number
  ContentType?: string
  LastModified?: Date
  /** Absent: the object was written without encryption, before 2023. */
  ServerSideEncryption?: string
  SSEKMSKeyId?: string
  BucketKeyEnabled?: boolean
  SSECustomerAlgorithm?: string
  StorageClass?: string
  /** Where S3 Intelligent-Tiering has archived it. */
  ArchiveStatus?: string
  /** How its restoring from an archive stands: `ongoing-request="false"` once it is there. */
  Restore?: string
  ObjectLockMode?: string
  ObjectLockRetainUntilDate?: Date
  ObjectLockLegalHoldStatus?: string
  DeleteMarker?: boolean
}

/** What a bucket does with objects that are sent without a word on encryption, and what it refuses. */
interface BucketEncryptionRule {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string }
  BucketKeyEnabled?: boolean
  BlockedEncryptionTypes?: { EncryptionType?: string[] }
}

/** Which pages of other addresses a browser lets read from a bucket. */
export interface CorsRule {
  AllowedOrigins?: string[]
  AllowedMethods?: string[]
  AllowedHeaders?: string[]
  ExposeHeaders?: string[]
}
