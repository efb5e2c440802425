import type { FakeAws } from '../../src/testing/index.js'

/** A plain job as a configuration. */
export const SIGNS_CONFIG = {
  name: 'signs',
  task: {
    name: 'bounding-box',
    title: 'Box every sign',
    description: 'One tight box',
    template: 's3://acme/ui/box.html',
    labels: 's3://acme/ui/labels.json',
  },
  input: 's3://acme/in/dataset.manifest',
  output: { folder: 's3://acme/out/', key: 'alias/gt-output' },
  role: 'arn:aws:iam::111122223333:role/GtExec',
  workers: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
}

/** Sets up all that this job names. */
export function putSigns(cloud: FakeAws): void {
  cloud.key({ alias: 'alias/gt-output' })
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] }
  cloud.role({ name: 'GtExec', inline: { All: all } })
  cloud.workteam({ name: 'vision' })
  cloud.bucket('acme', { cors: 'images' })
  cloud.object('s3://acme/in/1.jpg', 'an image')
  cloud.object('s3://acme/in/dataset.manifest', '{"source-ref": "s3://acme/in/1.jpg"}')
  cloud.object(
    's3://acme/ui/labels.json',
    '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}',
  )
  cloud.object('s3://acme/ui/box.html', '<crowd-form></crowd-form>')
}
