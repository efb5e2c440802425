/** The parts of an Amazon Resource Name. */
export interface ArnParts {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** Everything after the account, colons and slashes included. */
  readonly resource: string
}

/** Reads the parts of an ARN, or gives `undefined` for text that is not one. */
export function parseArn(text: string): ArnParts | undefined {
  const [arn, partition, service, region, account, ...rest] = text.split(':')
  if (arn !== 'arn' || !partition || !service || region === undefined || account === undefined)
    return undefined
  const resource = rest.join(':')
  return resource === '' ? undefined : { partition, service, region, account, resource }
}

/** The partition a region belongs to, as AWS names regions. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  if (region.startsWith('us-isof-')) return 'aws-iso-f'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  if (region.startsWith('eu-isoe-')) return 'aws-iso-e'
  if (region.startsWith('eusc-')) return 'aws-eusc'
  return 'aws'
}
