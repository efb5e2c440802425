import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError, listNotWhole } from '../../aws/aws-error.js'
import { partitionOf } from '../../names/arn.js'
import { askPatiently } from '../declared/ask-patiently.js'

/** Which key is AWS's own for S3, in the caller's account and region: none, its ARN, or why that cannot be told. */
export interface AwsKey {
  readonly arn?: string
  readonly why?: string
}

/**
 * Finds the key behind alias/aws/s3 among the aliases of the account. Looking at that alias itself could bring the key
 * into being. Needs `kms:ListAliases`.
 */
export async function findAwsKey(account: string, aws: Aws, options: CallOptions): Promise<AwsKey> {
  const region = await aws.region()
  try {
    const id = await targetOf('alias/aws/s3', aws, options)
    return id === undefined ? {} : { arn: `arn:${partitionOf(region)}:kms:${region}:${account}:key/${id}` }
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
    return { why: thrown.why }
  }
}

async function targetOf(alias: string, aws: Aws, options: CallOptions): Promise<string | undefined> {
  const what = `Cannot tell which key ${alias} is`
  let marker: string | undefined
  for (;;) {
    const input = { Limit: 100, ...(marker !== undefined && { Marker: marker }) }
    const answer = await askPatiently(aws, options, (request) =>
      aws.call('kms:ListAliases', input, { ...request, what }),
    )
    const found = answer.Aliases?.find(({ AliasName }) => AliasName === alias)?.TargetKeyId
    if (found !== undefined || !answer.Truncated) return found
    if (!answer.NextMarker || answer.NextMarker === marker)
      throw listNotWhole('kms:ListAliases', what, 'there is more, but not where it goes on')
    marker = answer.NextMarker
  }
}
