/**
 * Gives the IAM documents a job needs, for people who deploy roles and keys with CDK or Terraform.
 *
 *   node --import ./examples/register.mjs examples/03-permissions-as-code.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 03-permissions-as-code.mts`.
 *
 * Prints: kms:CreateGrant, sagemaker.amazonaws.com, rolePolicy
 */
import { imageClassification, labelingJob, outputKey, volumeKey } from 'labeling-job'
import { requiredPermissions } from 'labeling-job/permissions'

// %% The job, with keys by ARN: nothing is looked up here
const job = labelingJob('defects')
  .task(
    imageClassification({
      title: 'Sort the parts',
      description: 'Good or broken?',
      template: 's3://acme-gt/ui/classify.html',
      labels: 's3://acme-gt/ui/defects.json',
    }),
  )
  .input('s3://acme-gt/in/parts.manifest')
  .output(
    's3://acme-gt/out/',
    outputKey('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  )
  .role('arn:aws:iam::111122223333:role/service-role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  .autoLabeling(volumeKey('arn:aws:kms:us-east-1:111122223333:key/9876abcd-12ab-34cd-56ef-1234567890ab'))

// %% Who needs what, and why
const required = requiredPermissions(job, { region: 'us-east-1' })
for (const { who, action, resource, why } of required.requirements.slice(0, 5)) {
  console.log(`${who} ${action} on ${resource}: ${why}`)
}

// %% As documents
console.log(JSON.stringify(required.documents(), null, 2))
