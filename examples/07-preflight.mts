/**
 * Preflight: a job that would fail for five reasons, each told beforehand, with tickets for whoever owns what is wrong; then
 * put right one by one until nothing is found.
 *
 *   node --import ./examples/register.mjs examples/07-preflight.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 07-preflight.mts`.
 *
 * Runs on the embedded AWS; on your account give `connect()` and a job of yours, as the quickstart does.
 *
 * Prints: will fail, bucket-cors, team-exists, page-grants-access, objects-readable, bucket-allowed, ticket, put-bucket-cors, nothing found, completed, not certain, if the policies are as they were given
 */
import { boundingBox, labelingJob, outputKey, preflight } from 'labeling-job'
import { workerTemplate } from 'labeling-job/manifests'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded AWS whose jobs depend on everything, as real ones do
const cloud = fakeAws()
cloud.labeling({ looksAt: 'everything' })
cloud.key({ alias: 'alias/gt-output' })
const work = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }
cloud.role({ name: 'GtExec', inline: { Work: { Version: '2012-10-17', Statement: [work] } } })
const aws = cloud.connect()

// %% What the job touches, with five things wrong
const images = ['s3://acme-images/1.jpg', 's3://acme-images/2.jpg']
const page = workerTemplate({
  task: 'bounding-box',
  header: 'Box every street sign',
  shortInstructions: 'One tight box around each sign',
  fullInstructions: 'Signs that are cut off count as well',
})
const denyWrites = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::acme-out/*',
}
cloud.bucket('acme-images') // no CORS rules
cloud.object('s3://acme-images/1.jpg', 'an image') // and there is no 2.jpg
cloud.bucket('acme-out', { policy: { Version: '2012-10-17', Statement: [denyWrites] } })
cloud.object('s3://acme-gt/page.html', page.replace(' | grant_read_access', ''))
cloud.object(
  's3://acme-gt/labels.json',
  '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}, {"label": "Yield"}]}',
)
cloud.object('s3://acme-gt/dataset.manifest', images.map((image) => `{"source-ref": "${image}"}`).join('\n'))

// %% The job; its work team is not there
const job = labelingJob('street-signs')
  .task(
    boundingBox({
      title: 'Box every street sign',
      description: 'Draw one tight box around each sign',
      template: 's3://acme-gt/page.html',
      labels: 's3://acme-gt/labels.json',
    }),
  )
  .input('s3://acme-gt/dataset.manifest')
  .output('s3://acme-out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')

// %% Will it run? One line a check, and what to do where it did not pass
const before = await preflight(job, aws)
console.log(String(before))

// %% As data: what failed, and who has to act
for (const { code, status, owner } of before.checks) if (status === 'failed') console.log(`${code}: ${owner}`)

// %% A ticket for the owner of the buckets: they need not know this library
console.log(`\nThe ticket:\n${before.toTicket('bucket')}`)

// %% In a notebook the report is a table; in a pipeline it is a page, or the body of a comment
console.log(before.toHtml().length > 1_000, before.toMarkdown().split('\n')[0])

// %% Each of them does their part, here in a moment
cloud.bucket('acme-images', { cors: 'images' })
for (const image of images) cloud.object(image, 'an image')
cloud.bucket('acme-out')
cloud.object('s3://acme-gt/page.html', page)
cloud.workteam({ name: 'vision' })

// %% And now: nothing found, and so it is
const after = await preflight(job, aws, { reader: 'arn:aws:iam::111122223333:role/GtExec' })
console.log(String(after).split('\n')[0])
if (!after.ok) throw new Error(String(after))
const ended = await (await job.create(aws)).completed()
console.log(ended.outcome, ended.counters)

// %% A key of a central account: AWS shows its policy there alone, so that its owner has to give it
const root = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444455556666:root' },
  Action: 'kms:*',
  Resource: '*',
}
const use = { ...root, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }
const policy = { Version: '2012-10-17', Statement: [root, use] }
const { keyArn } = cloud.key({ account: '444455556666', policy })
const central = job.named('street-signs-2').output('s3://acme-out/', outputKey(keyArn))
const unread = await preflight(central, aws)
const declared = await preflight(central, aws, { policies: { [keyArn]: JSON.stringify(policy) } })
console.log(String(unread).split('\n')[0])
console.log(String(declared).split('\n')[0])
