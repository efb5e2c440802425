import { parseArn } from '../../names/arn.js'
import type { AlgorithmName } from '../../tasks/task-table.js'
import { isNotThere, look, notSeen } from '../look/look.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown } from '../report/check.js'

/** The machines that AWS lists for automated labeling (sms-automated-labeling). */
const MACHINES: Readonly<Record<AlgorithmName, { readonly training: string; readonly inference: string }>> = {
  'image-classification': { training: 'ml.p3.2xlarge', inference: 'ml.c5.xlarge' },
  'object-detection': { training: 'ml.p3.2xlarge', inference: 'ml.c5.4xlarge' },
  'text-classification': { training: 'ml.c5.2xlarge', inference: 'ml.m4.xlarge' },
  'semantic-segmentation': { training: 'ml.p3.2xlarge', inference: 'ml.p3.2xlarge' },
}

/** Looks at what automated labeling needs beside objects: the model it starts from, and machines. */
export async function checkAutomation(subject: Subject): Promise<readonly MadeCheck[]> {
  if (!subject.isAutomated) return []
  return [...(await checkModel(subject)), ...quota(subject), ...network(subject)]
}

async function checkModel(subject: Subject): Promise<readonly MadeCheck[]> {
  const arn = subject.text('LabelingJobAlgorithmsConfig.InitialActiveLearningModelArn')
  const name = /^model\/(.+)$/.exec(parseArn(arn ?? '')?.resource ?? '')?.[1]
  if (arn === undefined || name === undefined) return []
  const { found, error } = await look(
    subject,
    'sagemaker:DescribeModel',
    { ModelName: name },
    `Cannot look up the model ${name}`,
  )
  const there = found?.ModelArn ?? arn
  // SageMaker writes names in ARNs in lower case.
  const isSame = there.toLowerCase() === arn.toLowerCase()
  if (found !== undefined && isSame) return [passed('auto-labeling-model', `the model ${name} is there`)]
  if (found !== undefined) return [absent(`the job names the model ${arn}, and ${name} is ${there}`)]
  const isMissing = isNotThere(error) || /could not find|not exist|not found/i.test(error.why)
  if (!isMissing) return [notSeen('auto-labeling-model', `the model ${name}`, error)]
  return [absent(`there is no model ${name} in ${subject.region}`)]
}

function absent(what: string): MadeCheck {
  return failed('auto-labeling-model', {
    what,
    why: 'automated labeling would start from it',
    fix: 'Leave initialModel out, or give the finalModel of the earlier job',
    owner: 'you',
  })
}

/** What training jobs in a VPC need of their role (developer guide, sagemaker-roles); of labeling jobs no page says it. */
const NETWORK_ACTIONS = 'ec2:CreateNetworkInterface, ec2:DescribeSubnets and the like'

function network(subject: Subject): readonly MadeCheck[] {
  const place = 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig'
  const named = [...subject.list(`${place}.Subnets`), ...subject.list(`${place}.SecurityGroupIds`)]
  if (named.length === 0) return []
  return [
    unknown('auto-labeling-network', {
      what: `${named.join(', ')}: not known`,
      why: 'EC2 is not asked whether the subnets and security groups are there, and S3 can be reached from them',
      fix: `Look at them in the VPC, and let the role do what training jobs in a VPC need: ${NETWORK_ACTIONS}`,
      owner: 'you',
    }),
  ]
}

function quota({ row, region }: Subject): readonly MadeCheck[] {
  if (row?.algorithm === undefined) return []
  const { training, inference } = MACHINES[row.algorithm]
  return [
    unknown('auto-labeling-quota', {
      what: `the quota of ${region} for ${training} (training) and ${inference} (inference): not known`,
      why: 'no call of SageMaker tells how much of a quota is left, and AWS may use other machines',
      fix: 'Look under Service Quotas, Amazon SageMaker, for both with "training job usage" and "transform job usage"',
      owner: 'you',
    }),
  ]
}
