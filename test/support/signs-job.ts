import { boundingBox, labelingJob, outputKey } from '../../src/index.js'

/** A complete job, the same wherever a test is not about the job itself. */
export const signsJob = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box',
      description: 'Box it',
      template: 's3://gt/t.html',
      labels: 's3://gt/l.json',
    }),
  )
  .input('s3://gt/in.manifest')
  .output('s3://gt/out', outputKey('alias/gt'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')
