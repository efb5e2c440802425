// Generated from botocore 1.43.107. Regenerate: node scripts/generate-tables.mjs

/** What AWS's model says of one value: its type, and where it says so, its limits. */
export type Constraint = StructureConstraint | ListConstraint | StringConstraint | IntegerConstraint

/** An object: other members than the listed ones are unknown to AWS. */
export interface StructureConstraint {
  readonly type: 'structure'
  readonly required: readonly string[]
  readonly members: { readonly [name: string]: Constraint }
}

/** A list: `min` and `max` count its items. */
export interface ListConstraint {
  readonly type: 'list'
  readonly min?: number
  readonly max?: number
  readonly member: Constraint
}

/** A string: `min` and `max` count characters (code points); the anchored pattern needs the flag `u`. */
export interface StringConstraint {
  readonly type: 'string'
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
}

/** A whole number from `min` to `max`. */
interface IntegerConstraint {
  readonly type: 'integer'
  readonly min?: number
  readonly max?: number
}

/** The constraints of every field of CreateLabelingJob. */
export const CREATE_LABELING_JOB = {
  type: 'structure',
  required: [
    'LabelingJobName',
    'LabelAttributeName',
    'InputConfig',
    'OutputConfig',
    'RoleArn',
    'HumanTaskConfig',
  ],
  members: {
    LabelingJobName: { type: 'string', min: 1, max: 63, pattern: '^(?:[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})$' },
    LabelAttributeName: { type: 'string', min: 1, max: 127, pattern: '^(?:[a-zA-Z0-9](-*[a-zA-Z0-9]){0,126})$' },
    InputConfig: {
      type: 'structure',
      required: ['DataSource'],
      members: {
        DataSource: {
          type: 'structure',
          required: [],
          members: {
            S3DataSource: {
              type: 'structure',
              required: ['ManifestS3Uri'],
              members: {
                ManifestS3Uri: { type: 'string', min: 0, max: 1024, pattern: '^(?:(https|s3)://([^/]+)/?(.*))$' },
              },
            },
            SnsDataSource: {
              type: 'structure',
              required: ['SnsTopicArn'],
              members: {
                SnsTopicArn: {
                  type: 'string',
                  min: 0,
                  max: 2048,
                  pattern: '^(?:arn:aws[a-z\\-]*:sns:[a-z0-9\\-]*:[0-9]{12}:[a-zA-Z0-9_.-]+)$',
                },
              },
            },
          },
        },
        DataAttributes: {
          type: 'structure',
          required: [],
          members: {
            ContentClassifiers: {
              type: 'list',
              min: 0,
              max: 256,
              member: {
                type: 'string',
                enum: ['FreeOfPersonallyIdentifiableInformation', 'FreeOfAdultContent'],
              },
            },
          },
        },
      },
    },
    OutputConfig: {
      type: 'structure',
      required: ['S3OutputPath'],
      members: {
        S3OutputPath: { type: 'string', min: 0, max: 1024, pattern: '^(?:(https|s3)://([^/]+)/?(.*))$' },
        KmsKeyId: { type: 'string', min: 0, max: 2048, pattern: '^(?:[a-zA-Z0-9:/_-]*)$' },
        SnsTopicArn: {
          type: 'string',
          min: 0,
          max: 2048,
          pattern: '^(?:arn:aws[a-z\\-]*:sns:[a-z0-9\\-]*:[0-9]{12}:[a-zA-Z0-9_.-]+)$',
        },
      },
    },
    RoleArn: {
      type: 'string',
      min: 20,
      max: 2048,
      pattern: '^(?:arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+)$',
    },
    LabelCategoryConfigS3Uri: { type: 'string', min: 0, max: 1024, pattern: '^(?:(https|s3)://([^/]+)/?(.*))$' },
    StoppingConditions: {
      type: 'structure',
      required: [],
      members: {
        MaxHumanLabeledObjectCount: { type: 'integer', min: 1 },
        MaxPercentageOfInputDatasetLabeled: { type: 'integer', min: 1, max: 100 },
      },
    },
    LabelingJobAlgorithmsConfig: {
      type: 'structure',
      required: ['LabelingJobAlgorithmSpecificationArn'],
      members: {
        LabelingJobAlgorithmSpecificationArn: { type: 'string', min: 0, max: 2048, pattern: '^(?:arn:.*)$' },
        InitialActiveLearningModelArn: {
          type: 'string',
          min: 20,
          max: 2048,
          pattern: '^(?:arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:model/.*)$',
        },
        LabelingJobResourceConfig: {
          type: 'structure',
          required: [],
          members: {
            VolumeKmsKeyId: { type: 'string', min: 0, max: 2048, pattern: '^(?:[a-zA-Z0-9:/_-]*)$' },
            VpcConfig: {
              type: 'structure',
              required: ['SecurityGroupIds', 'Subnets'],
              members: {
                SecurityGroupIds: {
                  type: 'list',
                  min: 1,
                  max: 5,
                  member: { type: 'string', min: 0, max: 32, pattern: '^(?:[-0-9a-zA-Z]+)$' },
                },
                Subnets: {
                  type: 'list',
                  min: 1,
                  max: 16,
                  member: { type: 'string', min: 0, max: 32, pattern: '^(?:[-0-9a-zA-Z]+)$' },
                },
              },
            },
          },
        },
      },
    },
    HumanTaskConfig: {
      type: 'structure',
      required: [
        'WorkteamArn',
        'UiConfig',
        'TaskTitle',
        'TaskDescription',
        'NumberOfHumanWorkersPerDataObject',
        'TaskTimeLimitInSeconds',
      ],
      members: {
        WorkteamArn: {
          type: 'string',
          min: 0,
          max: 256,
          pattern: '^(?:arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workteam/.*)$',
        },
        UiConfig: {
          type: 'structure',
          required: [],
          members: {
            UiTemplateS3Uri: { type: 'string', min: 0, max: 1024, pattern: '^(?:(https|s3)://([^/]+)/?(.*))$' },
            HumanTaskUiArn: {
              type: 'string',
              min: 0,
              max: 1024,
              pattern: '^(?:arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:human-task-ui/.*)$',
            },
          },
        },
        PreHumanTaskLambdaArn: {
          type: 'string',
          min: 0,
          max: 2048,
          pattern: '^(?:arn:aws[a-z\\-]*:lambda:[a-z0-9\\-]*:[0-9]{12}:function:.*)$',
        },
        TaskKeywords: {
          type: 'list',
          min: 1,
          max: 5,
          member: { type: 'string', min: 1, max: 30, pattern: '^(?:[A-Za-z0-9]+( [A-Za-z0-9]+)*)$' },
        },
        TaskTitle: { type: 'string', min: 1, max: 128, pattern: '^(?:[\\t\\n\\r -\\uD7FF\\uE000-\\uFFFD]*)$' },
        TaskDescription: { type: 'string', min: 1, max: 255, pattern: '^(?:.+)$' },
        NumberOfHumanWorkersPerDataObject: { type: 'integer', min: 1, max: 9 },
        TaskTimeLimitInSeconds: { type: 'integer', min: 30 },
        TaskAvailabilityLifetimeInSeconds: { type: 'integer', min: 60 },
        MaxConcurrentTaskCount: { type: 'integer', min: 1, max: 5000 },
        AnnotationConsolidationConfig: {
          type: 'structure',
          required: ['AnnotationConsolidationLambdaArn'],
          members: {
            AnnotationConsolidationLambdaArn: {
              type: 'string',
              min: 0,
              max: 2048,
              pattern: '^(?:arn:aws[a-z\\-]*:lambda:[a-z0-9\\-]*:[0-9]{12}:function:.*)$',
            },
          },
        },
        PublicWorkforceTaskPrice: {
          type: 'structure',
          required: [],
          members: {
            AmountInUsd: {
              type: 'structure',
              required: [],
              members: {
                Dollars: { type: 'integer', min: 0, max: 2 },
                Cents: { type: 'integer', min: 0, max: 99 },
                TenthFractionsOfACent: { type: 'integer', min: 0, max: 9 },
              },
            },
          },
        },
      },
    },
    Tags: {
      type: 'list',
      min: 0,
      max: 50,
      member: {
        type: 'structure',
        required: ['Key', 'Value'],
        members: {
          Key: { type: 'string', min: 1, max: 128, pattern: '^(?:([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*))$' },
          Value: { type: 'string', min: 0, max: 256, pattern: '^(?:([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*))$' },
        },
      },
    },
  },
} as const satisfies StructureConstraint
