/**
 * Shows a key whose policy lets the role do little, fixes it after a look at the diff, and takes the change back.
 *
 *   node --import ./examples/register.mjs examples/05-fix-permissions.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 05-fix-permissions.mts`.
 *
 * Prints: missing, hint, removeDeletedPrincipals, plan 1, warning, verified, allowed, taken back: 1, key policy
 */
import {
  checkPermissions,
  ensurePermissions,
  isLabelingJobError,
  labelingJob,
  outputKey,
  resolveKey,
  semanticSegmentation,
} from 'labeling-job'
import { explainAccessDenied, undo } from 'labeling-job/permissions'
import { fakeAws } from 'labeling-job/testing'

// %% An account in which the execution role was deleted and made anew
const cloud = fakeAws()
cloud.user({ name: 'dev' })
const role = 'arn:aws:iam::111122223333:role/service-role/GtExec'
const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
cloud.key({
  alias: 'alias/gt-output',
  policy: {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Admin',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Labeling',
        Effect: 'Allow',
        Principal: { AWS: 'AROAEXAMPLEOLDROLE01' },
        Action: use,
        Resource: '*',
      },
    ],
  },
})
cloud.role({ name: 'GtExec', path: '/service-role/' })
const aws = cloud.connect()

const job = labelingJob('roads')
  .task(
    semanticSegmentation({
      title: 'Color the road',
      description: 'Every pixel that is road',
      template: 's3://acme-gt/ui/segment.html',
      labels: 's3://acme-gt/ui/roads.json',
    }),
  )
  .input('s3://acme-gt/in/roads.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role(role)
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')

// %% What is wrong: reads only
console.log(String(await checkPermissions(job, aws)))

// %% Without `apply` nothing is written; the error carries the plan and says why there is none
await ensurePermissions(job, aws).catch((error) => {
  if (!isLabelingJobError(error, 'permissions-not-met')) throw error
  console.log(`\n${error.message}\n\n${error.data.plan}`)
})

// %% A look at the diff, then a yes
const {
  report,
  done,
  undo: info,
} = await ensurePermissions(job, aws, {
  removeDeletedPrincipals: true,
  apply: (plan) => {
    console.log(`\n${plan}`)
    return plan.complete
  },
})
console.log(
  `\n${done.map(({ status }) => status)}; everything needed is ${report.ok ? 'allowed' : 'not allowed'}`,
)

// %% The way back; `info` is plain data and can be kept
const { undone } = info === undefined ? { undone: [] } : await undo(info, aws)
console.log(`changes taken back: ${undone.length}`)

// %% What an access-denied message says
const asTheRole = cloud.connect({ as: 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker' })
const denied = await resolveKey(outputKey('alias/gt-output'), asTheRole).catch((error) =>
  explainAccessDenied(error),
)
console.log(`\n${JSON.stringify(denied, null, 2)}`)
