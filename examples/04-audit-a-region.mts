/**
 * Lists every labeling job of a region with the keys it declares, how they stand, and what is under a key of AWS.
 *
 *   node --import ./examples/register.mjs examples/04-audit-a-region.mts          on the embedded AWS
 *   node --import ./examples/register.mjs examples/04-audit-a-region.mts --aws    on your account
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 04-audit-a-region.mts`.
 *
 * Prints: under a key of AWS, output-without-customer-key
 */
import { auditJobs, connect, labelingJob, namedEntityRecognition, outputKey } from 'labeling-job'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded region with two jobs: one under a key of ours, one without
async function regionWithTwoJobs() {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec' })
  cloud.key({ alias: 'alias/gt-output' })
  const aws = cloud.connect()
  const base = labelingJob('names-1')
    .task(
      namedEntityRecognition({
        title: 'Mark names',
        description: 'Mark every name',
        labels: 's3://acme-gt/ui/names.json',
      }),
    )
    .input('s3://acme-gt/in/letters.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers')
  await base.create(aws)
  await base.named('names-2').output('s3://acme-gt/out/', { key: 'aws-managed' }).create(aws)
  return aws
}

// %% A region: yours, or the embedded one
const aws = process.argv.includes('--aws') ? connect() : await regionWithTwoJobs()

// %% What each job declares, oldest first, and what is wrong with it; jobs are looked up as they are read
for await (const job of auditJobs(aws, { since: new Date('2026-01-01') })) {
  console.log(String(job))
  if (job.kind === 'job') console.log(job.findings.map(({ code }) => `  ${code}`).join('\n'))
}
