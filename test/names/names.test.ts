import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { labelingJob } from '../../src/labeling-job.js'
import { isJobName, jobName } from '../../src/names/job-name.js'
import { keyForm, outputKey, volumeKey } from '../../src/names/kms-key.js'
import { parseRoleArn, roleArn } from '../../src/names/role-arn.js'
import { parseS3Uri, s3Uri } from '../../src/names/s3-uri.js'
import { topicArn } from '../../src/names/topic-arn.js'
import { workteamArn } from '../../src/names/workteam-arn.js'

const text = (value: unknown) => value as string

describe('names of keys', () => {
  test.each([
    ['1234abcd-12ab-34cd-56ef-1234567890ab', 'key-id'],
    ['mrk-1234abcd12ab34cd56ef1234567890ab', 'key-id'],
    ['arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'key-arn'],
    ['arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab', 'key-arn'],
    ['alias/team/gt_1', 'alias'],
    ['arn:aws:kms:us-east-1:111122223333:alias/gt', 'alias-arn'],
    ['gt', undefined],
    ['', undefined],
    ['alias/', undefined],
    ['alias/with space', undefined],
    [' alias/gt', undefined],
    ['alias/gt\n', undefined],
    ['arn:aws:s3:::bucket', undefined],
    ['arn:aws:kms:us-east-1:1111:key/1234abcd-12ab-34cd-56ef-1234567890ab', undefined],
    [undefined, undefined],
  ])('%j is %s', (name, form) => {
    expect(keyForm(name)).toBe(form)
  })

  test.each([
    ['', 'an empty string would silently mean a key of AWS'],
    ['gt', 'Copy the ARN of the key or its alias from KMS'],
    ['alias/aws/s3', 'aliases under alias/aws/ are keys of AWS'],
  ])('refuses %j for both purposes', (name, words) => {
    expect(() => outputKey(text(name))).toThrow(words)
    expect(() => volumeKey(text(name))).toThrow(expect.objectContaining({ code: 'invalid-name' }))
  })

  test('refuses what is no text, and says its type', () => {
    expect(() => outputKey(text(null))).toThrow('Cannot use null as the output key')
    expect(() => volumeKey(text({}))).toThrow('Cannot use an object as the volume key')
  })
})

describe('names with one form', () => {
  test.each([
    [s3Uri, 's3://bucket', 'bucket/key'],
    [s3Uri, 's3://bucket/a b/c.json', 's3://'],
    [s3Uri, `s3://b/${'k'.repeat(1017)}`, `s3://b/${'k'.repeat(1018)}`],
    [roleArn, 'arn:aws:iam::111122223333:role/service-role/GtExec', 'GtExec'],
    [roleArn, 'arn:aws:iam::111122223333:role/a', 'arn:aws:sts::111122223333:assumed-role/GtExec/me'],
    [topicArn, 'arn:aws:sns:us-east-1:111122223333:gt', 'arn:aws:sqs:us-east-1:111122223333:gt'],
    [
      workteamArn,
      'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v',
      'arn:aws:sagemaker:us-east-1:111122223333:workteam/default/v',
    ],
    [jobName, 'a-1', 'a_1'],
    [jobName, 'a'.repeat(63), 'a'.repeat(64)],
    [jobName, '7', 'a-'],
  ] as [(name: string) => string, string, string][])(
    '$0.name takes $1 and refuses $2',
    (nameOf, good, bad) => {
      expect(nameOf(good)).toBe(good)
      expect(() => nameOf(bad)).toThrow(expect.objectContaining({ code: 'invalid-name' }))
    },
  )

  test('says what was received, what is expected and what to do', () => {
    expect(() => jobName('a_1')).toThrow(
      'Cannot use "a_1" as a labeling job name: expected 1 to 63 letters, digits and hyphens. Start and end with a letter or digit, and use hyphens instead of underscores, dots and spaces.',
    )
  })

  test('shortens long text in an error', () => {
    expect(() => jobName('x'.repeat(500))).toThrow('(500 characters)')
    expect(isJobName(undefined)).toBe(false)
  })

  test('splits addresses and role ARNs', () => {
    expect(parseS3Uri('s3://bucket/a/b')).toEqual({ bucket: 'bucket', key: 'a/b' })
    expect(parseS3Uri('s3://bucket')).toEqual({ bucket: 'bucket', key: '' })
    expect(parseRoleArn('arn:aws:iam::111122223333:role/service-role/GtExec')).toEqual({
      partition: 'aws',
      account: '111122223333',
      path: '/service-role/',
      name: 'GtExec',
    })
    expect(parseRoleArn('arn:aws:iam::111122223333:role/a').path).toBe('/')
  })
})

describe('a key with its purpose', () => {
  test('keeps its purpose when types are gone', () => {
    const key = volumeKey('alias/gt-volume')

    expect({ ...key }).toEqual({ purpose: 'volume', name: 'alias/gt-volume' })
    expect([String(key), JSON.stringify({ key }), inspect(key)]).toEqual([
      'alias/gt-volume',
      '{"key":"alias/gt-volume"}',
      'volumeKey("alias/gt-volume")',
    ])
    expect(Object.isFrozen(key)).toBe(true)
  })

  test('is refused in the place of the other one by a program without a type checker', () => {
    // biome-ignore lint/suspicious/noExplicitAny: an untyped caller
    const job = labelingJob('signs') as any

    expect(() => job.output('s3://gt/out/', volumeKey('alias/gt'))).toThrow(
      'Cannot call .output(): this is a volume key: give it to .autoLabeling(), or make an output key with outputKey().',
    )
    expect(() => job.autoLabeling(outputKey('alias/gt'))).toThrow(
      'Cannot call .autoLabeling(): this is an output key: give it to .output(), or make a volume key with volumeKey().',
    )
  })
})
