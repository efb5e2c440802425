// Prints every policy document that the library hands out, one JSON object a line: for each task a job with a manifest,
// one on a stream and one with automated labeling, as far as the task has them. Runs on the built package.
import { isLabelingJobError, labelingJob, outputKey, taskNamed, volumeKey } from '../dist/index.js'
import { requiredPermissions } from '../dist/permissions.js'
import { stateMachinePolicy } from '../dist/step-functions.js'

const ACCOUNT = '111122223333'
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-1111-4111-8111-111111111111`
const ELSEWHERE = 'arn:aws:kms:us-east-1:444455556666:key/22222222-2222-4222-8222-222222222222'
const LAMBDA = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:LabelingFunction-`
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:`

/** Gives what a call gives, or nothing where the task does not have it. */
function tryTo(call) {
  try {
    return call()
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'refused-call', 'invalid-job')) return undefined
    throw thrown
  }
}

function taskNames() {
  try {
    return taskNamed('none', {})
  } catch (thrown) {
    return thrown.data.known
  }
}

function taskOf(name) {
  const texts = { title: 'Label', description: 'Label it' }
  const [template, labels] = ['s3://acme-in/page.html', 's3://acme-in/labels.json']
  const lambdas = { preLambda: `${LAMBDA}pre`, postLambda: `${LAMBDA}post` }
  const options = [
    { template, labels, ...lambdas },
    { template, ...lambdas },
    { template, labels },
    { labels },
  ]
  return options.map((more) => tryTo(() => taskNamed(name, { ...texts, ...more }))).find(Boolean)
}

function jobsOf(task, key) {
  const open = labelingJob('signs')
    .task(task)
    .role(`arn:aws:iam::${ACCOUNT}:role/service-role/GtExec`)
    .workers(`arn:aws:sagemaker:us-east-1:${ACCOUNT}:workteam/private-crowd/vision`)
    .tags({ team: 'vision' })
  const onManifest = () =>
    open.input('s3://acme-in/dataset.manifest').output('s3://acme-out/', outputKey(key))
  return {
    manifest: onManifest,
    automated: () => onManifest().autoLabeling(volumeKey(key)),
    stream: () =>
      open.stream(`${TOPIC}in`).output('s3://acme-out/', outputKey(key), { topic: `${TOPIC}out` }),
  }
}

const machine = {
  region: 'us-east-1',
  account: ACCOUNT,
  machine: 'label',
  items: 's3://acme-in/jobs.json',
  results: 's3://acme-out/runs/',
  keyArns: [KEY],
}
const options = { region: 'us-east-1', topicKeyArn: KEY, inputKeyArns: [KEY] }
for (const name of taskNames()) {
  for (const key of [KEY, ELSEWHERE]) {
    const task = taskOf(name)
    if (task === undefined) throw new Error(`no options were found that the task ${name} takes`)
    for (const [kind, make] of Object.entries(jobsOf(task, key))) {
      const required = tryTo(() => requiredPermissions(make(), options))
      if (required === undefined) continue
      const policy = stateMachinePolicy(make(), machine)
      console.log(JSON.stringify({ about: `${name}, ${kind}: policy of a state machine`, document: policy }))
      const { rolePolicy, outputKeyStatement, volumeKeyStatement } = required.documents()
      const about = `${name}, ${kind}, ${key === KEY ? 'own key' : 'key of another account'}`
      console.log(JSON.stringify({ about: `${about}: policy of the role`, document: rolePolicy }))
      for (const statement of [outputKeyStatement, volumeKeyStatement].filter(Boolean)) {
        // As an IAM policy: that the statement names a principal is right in the policy of a key only.
        const { Principal: _, ...rest } = { ...statement, Resource: key }
        const document = { Version: '2012-10-17', Statement: [rest] }
        console.log(JSON.stringify({ about: `${about}: ${statement.Sid}`, document }))
      }
    }
  }
}
