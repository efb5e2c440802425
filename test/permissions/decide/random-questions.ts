import type { KeyGrant, PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

const ACCOUNT = '123456789012'
const OTHER = '210987654321'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/labeling/Annotator`
const ROLE_ID = 'AROAANNOTATOR0000000'
const ROOT = `arn:aws:iam::${ACCOUNT}:root`
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/Annotator/s1`
const KEY_ID = '0a1b2c3d-0000-4000-8000-00000000feed'

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Makes a question of few parts drawn from small pools, so that its possible worlds can be counted. */
export function randomQuestion(random: () => number): PermissionQuestion {
  const one = <Entry>(...entries: readonly Entry[]): Entry =>
    entries[Math.floor(random() * entries.length)] as Entry
  const chance = (share: number) => random() < share
  const some = <Entry>(count: number, make: () => Entry) => Array.from({ length: count }, make)

  const far = chance(0.25)
  const account = far ? OTHER : ACCOUNT
  const keyArn = `arn:aws:kms:eu-west-1:${account}:key/${KEY_ID}`
  const via = (service: string) => `${service}.eu-west-1.amazonaws.com`

  const text = () =>
    one(
      'x',
      'X',
      'y',
      'x*',
      '*',
      '?',
      '${aws:PrincipalTag/t}',
      "${aws:username, 'x'}",
      '${aws:username}',
      '${*}',
    )
  const kind = () =>
    one('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase')
  const operator = (set = chance(0.15)) =>
    `${set ? one('ForAllValues:', 'ForAnyValue:') : ''}${kind()}${chance(0.25) ? 'IfExists' : ''}`
  const condition = (): readonly [string, string, string | string[]] => {
    switch (one(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)) {
      case 0:
        return [
          operator(),
          'kms:ViaService',
          one<string | string[]>(via('s3'), via('rds'), '*.amazonaws.com', [
            via('s3'),
            via('ec2'),
            via('sagemaker'),
          ]),
        ]
      case 1:
        return [operator(), 'aws:PrincipalTag/t', chance(0.3) ? [text(), text()] : text()]
      case 2:
        return [operator(), 'aws:SourceVpce', one('v1', 'v*', '*', '${aws:PrincipalTag/t}')]
      case 3:
        return [operator(), 'aws:PrincipalAccount', one(ACCOUNT, OTHER, '${aws:ResourceAccount}', '1*')]
      case 4:
        return [operator(), 'aws:username', one('bob', '*', '${aws:username}')]
      case 5:
        return [one('Bool', 'BoolIfExists'), 'aws:MultiFactorAuthPresent', one('true', 'false')]
      case 6:
        return [
          operator(false),
          'aws:userid',
          one(`${ROLE_ID}:*`, `${ROLE_ID}:s1`, 'AROAOTHER:*', '*:s1', '*'),
        ]
      case 7:
        return [
          `Date${one('LessThan', 'GreaterThan', 'Equals', 'NotEquals', 'LessThanEquals')}`,
          'aws:CurrentTime',
          one('2027-02-01', '2027-03-15', '2027-05-01'),
        ]
      case 8:
        return [
          'Null',
          one('aws:SourceVpce', 'aws:username', 'aws:PrincipalTag/t', 'aws:userid', 'kms:ViaService'),
          one('true', 'false'),
        ]
      case 9:
        return [
          one('ArnLike', 'ArnNotLike', 'ArnEquals'),
          'aws:PrincipalArn',
          one(ROLE, `arn:aws:iam::*:role/labeling/*`, `arn:aws:iam::${OTHER}:*`),
        ]
      case 10:
        return [
          operator(chance(0.5)),
          one('aws:ResourceTag/T', 'aws:ResourceTag/t'),
          one('x', '', '*', text()),
        ]
      case 11:
        return [one('Bool', 'BoolIfExists', 'Null'), 'kms:GrantIsForAWSResource', one('true', 'false')]
      default:
        return [
          `${one('ForAllValues:', 'ForAnyValue:', '')}${kind()}${chance(0.2) ? 'IfExists' : ''}`,
          one('kms:EncryptionContextKeys', 'kms:ResourceAliases', 'kms:GrantOperations'),
          one<string | string[]>('a', 'b', ['a', 'b'], '*', 'c', 'Decrypt'),
        ]
    }
  }
  const conditions = () => {
    const blocks: Record<string, Record<string, string | string[]>> = {}
    for (const [name, key, value] of some(one(1, 1, 2), condition))
      blocks[name] = { ...blocks[name], [key]: value }
    return chance(0.02) ? { SoundsLike: { 'aws:username': 'x' } } : blocks
  }
  const action = one('kms:Decrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant')
  const statement = (): PolicyStatement => {
    const actions = one<string | string[]>(
      'kms:*',
      'kms:*',
      '*',
      action,
      ['s3:*', action],
      'KMS:d*',
      'kms:Encrypt',
      's3:*',
    )
    const resources = one<string | string[]>(
      '*',
      '*',
      '*',
      keyArn,
      'arn:aws:kms:*:*:key/*',
      `arn:aws:*:key/${KEY_ID}`,
      `alias/feed`,
      'arn:aws:kms:*:${aws:PrincipalAccount}:key/*',
      `arn:aws:kms:*:*:key/\${aws:username, '${KEY_ID}'}`,
      ['arn:aws:s3:::*', 'arn:aws:kms:*:*:key/${aws:PrincipalTag/k}*'],
      'arn:aws:*',
    )
    const bare = chance(0.02)
    return {
      Effect: chance(0.75) ? 'Allow' : 'Deny',
      ...(chance(0.08) ? { NotAction: actions } : { Action: actions }),
      ...(bare ? {} : chance(0.08) ? { NotResource: resources } : { Resource: resources }),
      ...(chance(0.45) ? { Condition: conditions() } : {}),
    }
  }
  const principal = () =>
    one<PolicyStatement['Principal']>(
      '*',
      { AWS: '*' },
      { AWS: ROLE },
      { AWS: ROLE },
      { AWS: [ROLE, ROOT] },
      { AWS: ROOT },
      { AWS: ACCOUNT },
      { AWS: SESSION },
      { AWS: ROLE_ID },
      { AWS: `arn:aws:iam::${OTHER}:root` },
      { AWS: `arn:aws-cn:iam::${ACCOUNT}:root` },
      { Service: 's3.amazonaws.com' },
      { AWS: 'arn:aws:iam::123456789012:role/Annotator' },
    )
  const document = (make: () => PolicyStatement, least: number): PolicyDocument => ({
    Version: chance(0.9) ? '2012-10-17' : '2008-10-17',
    Statement: some(least + one(0, 0, 1, 2), make),
  })
  const resourceStatement = (): PolicyStatement => {
    const who = principal() as NonNullable<PolicyStatement['Principal']>
    return { ...(chance(0.08) ? { NotPrincipal: who } : { Principal: who }), ...statement() }
  }
  // Only statements of resource policies lose their effect without Resource; IAM takes none such elsewhere.
  const whole = (): PolicyStatement => {
    const made = statement()
    return made.Resource === undefined && made.NotResource === undefined ? { ...made, Resource: '*' } : made
  }
  const grant = (): KeyGrant => ({
    GrantId: 'g',
    GranteePrincipal: one(ROLE, ROLE, ROOT, `arn:aws:iam::${ACCOUNT}:role/Other`),
    Operations: one(['Decrypt'], ['Decrypt', 'DescribeKey'], ['CreateGrant']),
    IssuingAccount: `arn:aws:iam::${one(ACCOUNT, OTHER)}:root`,
    ...(chance(0.3)
      ? { Constraints: one({ EncryptionContextSubset: { a: 'b' } }, { SourceArn: 'arn:aws:s3:::b' }) }
      : {}),
  })
  const named = (policy: PolicyDocument) => ({ name: 'inline:Some', policy })
  return {
    roleArn: ROLE,
    roleId: ROLE_ID,
    keyArn,
    action,
    keyPolicy: chance(0.06) ? 'UNREADABLE' : document(resourceStatement, 1),
    sharedKeyPolicy: chance(0.8) ? null : chance(0.2) ? 'UNREADABLE' : document(resourceStatement, 1),
    identityPolicies: chance(0.06) ? 'UNREADABLE' : some(one(0, 1, 1, 2), () => named(document(whole, 1))),
    boundary: chance(0.75) ? null : chance(0.2) ? 'UNREADABLE' : document(whole, 1),
    grants: chance(0.06) ? 'UNREADABLE' : some(one(0, 0, 0, 1, 2), grant),
    scps: chance(0.85) ? null : some(one(1, 2), () => some(one(1, 2), () => named(document(whole, 1)))),
    rcps: chance(0.95) ? null : [[named(document(whole, 1))]],
    context: {
      'aws:PrincipalArn': ROLE,
      'aws:PrincipalAccount': ACCOUNT,
      'aws:ResourceAccount': account,
      'kms:ResourceAliases': one(['a', 'b'], ['a'], ['a', '']),
      'aws:ResourceTag/T': one('x', ''),
      ...(chance(0.3) ? { 'aws:ResourceTag/t': one('x', 'y') } : {}),
      ...(chance(0.3) ? { 'aws:PrincipalTag/t': one('x', '') } : {}),
    },
    absentContextKeys: ['aws:username'],
    possibleValues: { 'aws:CurrentTime': ['2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z'] },
  }
}
