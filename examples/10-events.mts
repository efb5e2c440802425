/**
 * Lets go of the process: EventBridge tells when a job ends, a Lambda function reads how, and a sweep once a day finds what
 * was not told.
 *
 *   node --import ./examples/register.mjs examples/10-events.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 10-events.mts`.
 *
 * Prints: aws.sagemaker, told: letters-1 completed, passed over: 1, swept: letters-2 completed, still open: letters-3
 */
import {
  eventPattern,
  labelingJob,
  listJobs,
  namedEntityRecognition,
  type Outcome,
  outcomeOfEvent,
  outputKey,
  readJobEvent,
  waitForAll,
} from 'labeling-job'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded region with three jobs, of which the last is created late
const cloud = fakeAws()
cloud.key({ alias: 'alias/gt-output' })
cloud.role({
  name: 'GtExec',
  inline: { Work: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
})
cloud.object(
  's3://acme-gt/ui/names.json',
  '{"document-version": "2018-11-28", "labels": [{"label": "Name"}]}',
)
cloud.object('s3://acme-gt/in/letters.manifest', '{"source": "Dear Ms Kim"}\n')
const aws = cloud.connect()
const letters = labelingJob('letters-1')
  .task(
    namedEntityRecognition({
      title: 'Mark names',
      description: 'Mark every name',
      labels: 's3://acme-gt/ui/names.json',
    }),
  )
  .input('s3://acme-gt/in/letters.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/readers')
const first = await letters.create(aws)
await letters.named('letters-2').create(aws)
cloud.clock.advance(24 * 3_600_000)
await letters.named('letters-3').create(aws)

// %% The rule: its pattern, for the console, CDK or Terraform
console.log(JSON.stringify(eventPattern({ statuses: ['Completed', 'Failed', 'Stopped'] })))

// %% The function: behind a queue, so that what fails comes again. One DescribeLabelingJob for each job that ended
const handled = new Set<string>()
async function handle(outcome: Outcome, how: string) {
  // What is told twice is handled once: delivery is at least once where it happens, and not at all where it does not.
  if (handled.has(outcome.arn)) return
  handled.add(outcome.arn)
  console.log(`${how}: ${outcome.name} ${outcome.outcome}`)
}
async function handler(event: { readonly Records: readonly unknown[] }) {
  for (const record of event.Records) {
    const outcome = await outcomeOfEvent(record, aws)
    if (outcome === undefined) console.log(`passed over: ${event.Records.indexOf(record)}`)
    else await handle(outcome, 'told')
  }
}

// %% An event as it comes through SQS, beside one of something else
const told = {
  version: '0',
  source: 'aws.sagemaker',
  'detail-type': 'SageMaker Ground Truth Labeling Job State Change',
  account: '111122223333',
  region: 'us-east-1',
  time: cloud.clock.now().toISOString(),
  resources: [first.arn],
  detail: { LabelingJobStatus: 'Completed' },
}
const inQueue = (body: unknown) => ({ eventSource: 'aws:sqs', body: JSON.stringify(body) })
await handler({ Records: [inQueue(told), inQueue({ source: 'aws.s3' })] })
console.log(String(readJobEvent(told)))

// %% The sweep, once a day: whatever was created lately and has ended without a word
const names: string[] = []
const since = new Date(cloud.clock.now().getTime() - 40 * 24 * 3_600_000)
for await (const job of listJobs(aws, { since })) if (!handled.has(job.arn)) names.push(job.name)
for await (const end of waitForAll(names, aws, { deadline: cloud.clock.now() })) {
  if (end.outcome === 'not-ended') console.log(`still open: ${end.name}`)
  else await handle(end, 'swept')
}
