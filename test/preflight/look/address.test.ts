import { expect, test } from 'vitest'
import { addressOf } from '../../../src/preflight/look/address.js'

test.each([
  ['s3://acme/in/a b.manifest', 'acme', 'in/a b.manifest'],
  ['s3://acme', 'acme', ''],
  ['https://acme.s3.eu-west-1.amazonaws.com/in/a%20b.manifest', 'acme', 'in/a b.manifest'],
  ['https://my.bucket.s3.amazonaws.com/in/%zz', 'my.bucket', 'in/%zz'],
  ['https://s3-us-west-2.amazonaws.com/acme/in/a', 'acme', 'in/a'],
  ['https://acme.s3.cn-north-1.amazonaws.com.cn/a', 'acme', 'a'],
])('%s lies in the bucket %s', (uri, bucket, key) => {
  expect(addressOf(uri)).toEqual({ uri, bucket, key })
})

test.each([undefined, 7, '', 'in/a.manifest', 'https://example.com/a'])('%j lies nowhere in S3', (uri) => {
  expect(addressOf(uri)).toBeUndefined()
})
