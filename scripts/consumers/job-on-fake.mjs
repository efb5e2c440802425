// A job on the embedded AWS, in the programs of several consumers.

/** What the job needs, in `cloud`. */
export const FAKE_WORLD = `const { keyArn } = cloud.key({ alias: 'alias/gt-output' })
  const Statement = [{ Effect: 'Allow', Action: ['kms:*', 's3:*'], Resource: '*' }]
  cloud.role({ name: 'GtExec', inline: { Use: { Version: '2012-10-17', Statement } } })
  cloud.workteam({ name: 'vision' })
  cloud.object('s3://acme-gt/in.manifest', '{"source-ref": "s3://acme-gt/1.jpg"}')
  cloud.object('s3://acme-gt/labels.json', '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}')`

export const FAKE_JOB = `const job = labelingJob('signs')
    .task(boundingBox({ title: 'Box', description: 'Box it', template: 's3://acme-gt/t', labels: 's3://acme-gt/labels.json' }))
    .input('s3://acme-gt/in.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')`
