/**
 * Proves what the labeling jobs of a region are encrypted under, writes the evidence to a folder, puts right what is
 * wrong, and proves it again.
 *
 *   node --import ./examples/register.mjs examples/06-evidence.mts          on the embedded AWS
 *   node --import ./examples/register.mjs examples/06-evidence.mts --aws    on your account: only looks, and writes files
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 06-evidence.mts`.
 *
 * Prints: Not as expected: 1 of 4 jobs proven, under aws/s3, objects-without-customer-key, evidence.html, changed in place, As expected: 4 of 4 jobs proven
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, imageClassification, labelingJob, outputKey, showProgress } from 'labeling-job'
import { collectEvidence, planReencryption, reencrypt, writeEvidence } from 'labeling-job/evidence'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded region with four jobs: one as it should be, one without a key, one under aws/s3, one with a stray object
async function regionWithFourJobs() {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt-output' })
  const { keyArn: awsKey } = cloud.key({ alias: 'alias/aws/s3', manager: 'AWS' })
  const all = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' } as const
  cloud.role({ name: 'GtExec', inline: { work: { Version: '2012-10-17', Statement: [all] } } })
  cloud.object('s3://acme-gt/ui/page.html', '<crowd-form></crowd-form>')
  cloud.object('s3://acme-gt/ui/labels.json', '{"labels":[{"label":"crack"},{"label":"none"}]}')
  cloud.object('s3://acme-gt/in/dataset.manifest', '{"source-ref":"s3://acme-gt/in/1.jpg"}\n')
  cloud.bucket('acme-out')
  const embedded = cloud.connect()
  const job = labelingJob('good')
    .task(
      imageClassification({
        title: 'Look for cracks',
        description: 'Say whether there is a crack',
        template: 's3://acme-gt/ui/page.html',
        labels: 's3://acme-gt/ui/labels.json',
      }),
    )
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-out/', outputKey('alias/gt-output'))
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  const without = job.output('s3://acme-out/', { key: 'aws-managed' }).named('without-a-key')
  for (const each of [job, job.named('stray-object'), without]) {
    await (await each.create(embedded)).completed()
  }
  cloud.labeling({ misplace: { key: awsKey } })
  await (await job.named('under-aws-s3').create(embedded)).completed()
  cloud.object('s3://acme-out/stray-object/notes.txt', 'put here by hand')
  return embedded
}

// %% A region: yours, or the embedded one
const onAws = process.argv.includes('--aws')
const aws = onAws ? connect() : await regionWithFourJobs()
const ours = outputKey(process.env['OUTPUT_KEY'] ?? 'alias/gt-output')

// %% What every job declares, and what every object of it is under; nothing is written to AWS
const evidence = await collectEvidence(aws, {
  expect: { outputKey: ours },
  onProgress: showProgress(),
})
console.log(String(evidence))
for (const { proof } of evidence.jobs) if (proof !== undefined && !proof.ok) console.log(`\n${proof}`)

// %% As files for an auditor: JSON, CSV, Markdown, a page to print, findings for Security Hub
const folder = await mkdtemp(join(tmpdir(), 'evidence-'))
for (const path of await writeEvidence(evidence, folder)) console.log(path)

// %% What is wrong is put right, job by job: each plan can be read before anything is written
for (const { proof } of onAws ? [] : evidence.jobs) {
  if (proof === undefined || proof.ok) continue
  const plan = await planReencryption(proof, ours, aws)
  console.log(String(plan))
  console.log(String(await reencrypt(plan, aws)))
}

// %% The evidence again: what the jobs were told stays as it was, what their objects are under is what counts
const again = await collectEvidence(aws, { expect: { outputKey: ours } })
console.log(String(again))
