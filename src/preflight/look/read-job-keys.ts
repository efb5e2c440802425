import { lookUpKey } from '../../keys/resolve-key.js'
import { keyForm } from '../../names/kms-key.js'
import type { JobKeyArns } from './access-request.js'
import { asLook } from './look.js'
import type { Subject } from './subject.js'

/** Key ARNs where the keys can be looked up; what cannot be told is told elsewhere. */
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
