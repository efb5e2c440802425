import { lookUpKey } from '../../keys/resolve-key.js'
import { keyForm } from '../../names/kms-key.js'
import type { JobKeyArns } from './access-request.js'
import { asLook } from './look.js'
import type { Subject } from './subject.js'

/**
 * Gives the ARNs of a job's keys. Needs `kms:DescribeKey` on a key that is named otherwise; one that cannot be looked up keeps
 * the name that the job gives it.
 */
export async function readJobKeys(subject: Subject): Promise<JobKeyArns> {
  const arnOf = async (path: string) => {
    const name = subject.text(path)
    if (name === undefined || keyForm(name) === 'key-arn') return name
    const { found } = await asLook(() => lookUpKey(name, subject.aws))
    return found?.arn ?? name
  }
  const [output, volume] = await Promise.all([
    arnOf('OutputConfig.KmsKeyId'),
    arnOf('LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId'),
  ])
  return { output, volume }
}
