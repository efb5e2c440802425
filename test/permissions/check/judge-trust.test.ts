import { expect, test } from 'vitest'
import { judgeTrust } from '../../../src/permissions/check/judge-trust.js'

const ALLOW = {
  Effect: 'Allow',
  Principal: { Service: 'sagemaker.amazonaws.com' },
  Action: 'sts:AssumeRole',
}
const judged = (...Statement: readonly unknown[]) =>
  judgeTrust(JSON.stringify({ Version: '2012-10-17', Statement }), {
    account: '111122223333',
    region: 'us-east-1',
  })
const under = (Condition: object) => ({ ...ALLOW, Condition })
const OWN = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const OTHER = { StringEquals: { 'aws:SourceAccount': ['444455556666', '777788889999'] } }
const MAYBE = { StringEquals: { 'sts:ExternalId': '1' }, Bool: { 'aws:SecureTransport': 'true' } }
const TRUSTED = { verdict: 'trusted', asked: [], denials: [] }

test.each([
  ['SageMaker without a condition', [ALLOW], TRUSTED],
  ['SageMaker over HTTPS', [under({ Bool: { 'aws:SecureTransport': 'true' } })], TRUSTED],
  [
    'SageMaker without HTTPS',
    [under({ Bool: { 'aws:SecureTransport': 'false' } })],
    { verdict: 'not-trusted', asked: ['Bool aws:SecureTransport: false'], denials: [] },
  ],
  [
    'it among others',
    [{ ...ALLOW, Principal: { AWS: 'x', Service: ['y', 'sagemaker.amazonaws.com'] } }],
    TRUSTED,
  ],
  ['it with a pattern in whatever case', [{ ...ALLOW, Action: ['x', 'STS:Assume*'] }], TRUSTED],
  [
    'it for its own account',
    [under(OWN)],
    { verdict: 'as-advised', asked: ['StringEquals aws:SourceAccount: 111122223333'], denials: [] },
  ],
  [
    'it for other accounts',
    [under(OTHER)],
    {
      verdict: 'not-trusted',
      asked: ['StringEquals aws:SourceAccount: 444455556666 or 777788889999'],
      denials: [],
    },
  ],
  [
    'it under what nobody knows',
    [under(MAYBE)],
    {
      verdict: 'unknown',
      asked: ['StringEquals sts:ExternalId: 1', 'Bool aws:SecureTransport: true'],
      denials: [],
    },
  ],
  ['it under what nobody knows, and without', [under(MAYBE), ALLOW], TRUSTED],
  ['nobody', [], { verdict: 'not-trusted', asked: [], denials: [] }],
  [
    'another service',
    [{ ...ALLOW, Principal: { Service: 'lambda.amazonaws.com' } }],
    { verdict: 'not-trusted', asked: [], denials: [] },
  ],
  ['everybody', [{ ...ALLOW, Principal: '*' }], { verdict: 'unknown', asked: [], denials: [] }],
  [
    'it to do something else',
    [{ ...ALLOW, Action: 'sts:TagSession' }],
    { verdict: 'not-trusted', asked: [], denials: [] },
  ],
  [
    'it, and denies it',
    [ALLOW, { ...ALLOW, Sid: 'No', Effect: 'Deny' }],
    { verdict: 'not-trusted', asked: [], denials: ['No'] },
  ],
  [
    'it, and denies it under what nobody knows',
    [ALLOW, { ...under(MAYBE), Effect: 'Deny' }],
    {
      verdict: 'unknown',
      asked: [],
      denials: ['#1 under StringEquals sts:ExternalId: 1, and Bool aws:SecureTransport: true'],
    },
  ],
  [
    'it, and denies it without HTTPS',
    [ALLOW, { ...under({ Bool: { 'aws:SecureTransport': 'false' } }), Effect: 'Deny' }],
    TRUSTED,
  ],
  [
    'it, and denies it for other sources',
    [ALLOW, { ...under({ StringNotEquals: OWN.StringEquals }), Effect: 'Deny' }],
    {
      verdict: 'as-advised',
      asked: [],
      denials: ['#1 under StringNotEquals aws:SourceAccount: 111122223333'],
    },
  ],
  ['it, and denies others', [ALLOW, { ...ALLOW, Effect: 'Deny', Principal: { AWS: 'x' } }], TRUSTED],
  [
    'it in an effect that there is not',
    [{ ...ALLOW, Effect: 'Perhaps' }],
    { verdict: 'unknown', asked: [], denials: [] },
  ],
  ['something that is no statement', ['x'], { verdict: 'unknown', asked: [], denials: [] }],
])('a trust policy that lets in %s', (_, statements, judgement) => {
  expect(judged(...statements)).toEqual(judgement)
})

test.each(['no JSON', '[]', '{"Version":"2012-10-17"}', '{"Statement":[],"Statement":[{}]}'])(
  'a text that is no policy says nothing of whom it trusts: %s',
  (text) => {
    expect(judgeTrust(text, { account: '111122223333', region: 'us-east-1' })).toEqual({
      verdict: 'unknown',
      asked: [],
      denials: [],
    })
  },
)
