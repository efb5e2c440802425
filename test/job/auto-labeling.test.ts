import { expect, test } from 'vitest'
import { fromRequest, volumeKey } from '../../src/index.js'
import { signsJob } from '../support/signs-job.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

test('a volume key given to a request without a task of automated labeling does not get into the request', () => {
  const custom = fromRequest({ LabelingJobName: 'a' }).autoLabeling(volumeKey(KEY))

  expect(() => custom.toRequest({ region: 'us-east-1' })).toThrow(
    'without the algorithm of automated labeling',
  )
})

test('automated labeling on a request that was read in takes the algorithm of its task', () => {
  const request = signsJob.output('s3://gt/out', { key: 'aws-managed' }).toRequest({ region: 'us-east-1' })

  const automated = fromRequest(request).autoLabeling(volumeKey(KEY)).toRequest({ region: 'us-east-1' })

  expect(automated.LabelingJobAlgorithmsConfig).toEqual({
    LabelingJobAlgorithmSpecificationArn:
      'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
    LabelingJobResourceConfig: { VolumeKmsKeyId: KEY },
  })
})
