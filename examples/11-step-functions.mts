/**
 * Writes a state machine that labels, waits for days and tells how the job ended, and the policy of its role.
 *
 *   node --import ./examples/register.mjs examples/11-step-functions.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 11-step-functions.mts`.
 *
 * Prints: Label, Outcome, waits 31 days, 20 at once, refused, Allow
 */
import { boundingBox, isLabelingJobError, labelingJob, outputKey } from 'labeling-job'
import { labelingMap, labelingTask, outcomeChoice, stateMachinePolicy } from 'labeling-job/step-functions'
import { fakeAws } from 'labeling-job/testing'

// %% A job, with its key looked up: states name keys by their ARN
const cloud = fakeAws()
cloud.key({ alias: 'alias/gt-output' })
const region = 'us-east-1'

const draft = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box every street sign',
      description: 'One tight box around each sign',
      template: 's3://acme-gt/ui/box.liquid.html',
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/service-role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
const job = await draft.resolve(cloud.connect())

// %% One job: label, wait, tell the ends apart
const definition = {
  StartAt: 'Label',
  States: {
    Label: labelingTask(job, {
      region,
      name: "{% 'signs-' & $states.input.date %}",
      manifest: '{% $states.input.manifest %}',
      next: 'Outcome',
      onFailure: 'Outcome',
    }),
    Outcome: outcomeChoice({ completed: 'Done', withoutLabels: 'Ask', stopped: 'Ask', failed: 'Failed' }),
    Done: { Type: 'Succeed' },
    Ask: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'LabelingFailed' },
  },
}
console.log(JSON.stringify(definition, null, 2))
console.log(`waits ${Number(definition.States.Label['TimeoutSeconds']) / 86_400} days`)

// %% Many jobs: one for each item of a list in S3
const list = { items: 's3://acme-gt/runs/jobs.json', results: 's3://acme-gt/runs/results/' } as const
const many = labelingMap(job, { region, ...list })
console.log(`${many['MaxConcurrency']} at once`)

// %% What would fail days later is refused now
try {
  labelingTask(draft, { region })
} catch (error) {
  if (!isLabelingJobError(error, 'refused-call')) throw error
  console.log(`refused: ${error.message}`)
}

// %% The policy of the machine's role
console.log(
  JSON.stringify(
    stateMachinePolicy(job, { region, account: '111122223333', machine: 'label', ...list }),
    null,
    2,
  ),
)
