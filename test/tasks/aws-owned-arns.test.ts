import { describe, expect, test } from 'vitest'
import { isLabelingJobError } from '../../src/errors/labeling-job-error.js'
import {
  algorithmArn,
  humanTaskUiArn,
  isKnownRegion,
  KNOWN_REGIONS,
  postLambdaArn,
  preLambdaArn,
} from '../../src/tasks/aws-owned-arns.js'

const makers = {
  preLambdaArn: (region: string) => preLambdaArn(region, 'BoundingBox'),
  postLambdaArn: (region: string) => postLambdaArn(region, 'BoundingBox'),
  humanTaskUiArn: (region: string) => humanTaskUiArn(region, 'PointCloudObjectTracking'),
  algorithmArn: (region: string) => algorithmArn(region, 'object-detection'),
}

describe('in a known region', () => {
  test.each([
    ['preLambdaArn', 'arn:aws:lambda:us-west-2:081040173940:function:PRE-BoundingBox'],
    ['postLambdaArn', 'arn:aws:lambda:us-west-2:081040173940:function:ACS-BoundingBox'],
    ['humanTaskUiArn', 'arn:aws:sagemaker:us-west-2:394669845002:human-task-ui/PointCloudObjectTracking'],
    [
      'algorithmArn',
      'arn:aws:sagemaker:us-west-2:027400017018:labeling-job-algorithm-specification/object-detection',
    ],
  ] as const)('%s gives %s', (name, expected) => {
    const arn = makers[name]('us-west-2')

    expect(arn).toBe(expected)
  })

  test('every listed region is known', () => {
    const unknown = KNOWN_REGIONS.filter((region) => !isKnownRegion(region))

    expect(unknown).toEqual([])
    expect(KNOWN_REGIONS).toHaveLength(12)
    expect(Object.isFrozen(KNOWN_REGIONS)).toBe(true)
  })
})

describe('elsewhere', () => {
  const elsewhere = [
    ['us-west-1', 'aws', 'us-west-1'],
    ['sa-east-1', 'aws', 'sa-east-1'],
    ['cn-north-1', 'aws-cn', 'cn-north-1 (partition aws-cn)'],
    ['us-gov-west-1', 'aws-us-gov', 'us-gov-west-1 (partition aws-us-gov)'],
    ['us-iso-east-1', 'aws-iso', 'us-iso-east-1 (partition aws-iso)'],
    ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1 (partition aws-iso-b)'],
    ['constructor', 'aws', 'constructor'],
  ] as const

  test.each(Object.entries(makers))('%s names no ARN, and says where it could', (_name, make) => {
    const errors = elsewhere.map(([region]) => thrownBy(() => make(region)))

    expect(errors.map(({ code, data }) => ({ code, data }))).toEqual(
      elsewhere.map(([region]) => ({
        code: 'region-not-supported',
        data: { received: region, expected: KNOWN_REGIONS.join(', ') },
      })),
    )
    expect(errors.map(({ what }) => what.slice(what.indexOf(' in ') + 4))).toEqual(
      elsewhere.map(([, , place]) => place),
    )
  })

  test('the message names the regions and the way round', () => {
    const error = thrownBy(() => preLambdaArn('us-west-1', 'BoundingBox'))

    expect(error.message).toBe(
      'Cannot name the Lambda PRE-BoundingBox in us-west-1: AWS publishes it for ap-northeast-1, ' +
        'ap-northeast-2, ap-south-1, ap-southeast-1, ap-southeast-2, ca-central-1, eu-central-1, eu-west-1, ' +
        'eu-west-2, us-east-1, us-east-2, us-west-2 only, and the account that owns it cannot be guessed. ' +
        'Run the job in one of these regions, make the task with custom() and Lambdas of your own, or set the ' +
        'ARN that AWS gave you with .raw().',
    )
  })
})

function thrownBy(action: () => unknown) {
  try {
    action()
  } catch (error) {
    if (isLabelingJobError(error)) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
