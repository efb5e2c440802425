import { expect, test } from 'vitest'
import { parsePolicySource, printPolicySource } from '../../../src/permissions/policy/policy-source.js'

test.each([
  ['key-policy', { kind: 'key-policy' }],
  ['identity-policies', { kind: 'identity-policies' }],
  ['inline:Keys', { kind: 'inline', name: 'Keys' }],
  ['inline:*', { kind: 'inline' }],
  ['managed:*', { kind: 'managed' }],
  [
    'managed:arn:aws:iam::123456789012:policy/Keys@v3',
    { kind: 'managed', name: 'arn:aws:iam::123456789012:policy/Keys@v3' },
  ],
  ['boundary', { kind: 'boundary' }],
  ['scp', { kind: 'scp' }],
  ['rcp:Wall', { kind: 'rcp', name: 'Wall' }],
  ['grant:17', { kind: 'grant', name: '17' }],
  ['grants', { kind: 'grants' }],
  ['probe', { kind: 'probe' }],
  ['Base', { kind: 'other', name: 'Base' }],
  ['my:own', { kind: 'other', name: 'my:own' }],
] as const)('the name %s is read and printed alike', (name, source) => {
  expect(parsePolicySource(name)).toEqual(source)
  expect(printPolicySource(source)).toBe(name)
})
