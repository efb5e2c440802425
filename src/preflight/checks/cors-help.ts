import type { CorsRule } from '../../aws/s3-calls.js'
import type { BrowserNeeds } from '../look/job-buckets.js'
import type { MadeCheck } from '../report/check.js'

/** What the owner of a bucket is told so that the browsers of workers may load from it. Pure. */
export function corsHelp(
  bucket: string,
  { methods, sendsHeaders }: Pick<BrowserNeeds, 'methods' | 'sendsHeaders'>,
  before: readonly CorsRule[],
): NonNullable<MadeCheck['help']> {
  const rule = {
    AllowedOrigins: ['*'],
    AllowedMethods: methods,
    AllowedHeaders: sendsHeaders ? ['*'] : [],
    ExposeHeaders: ['Access-Control-Allow-Origin'],
  }
  const after = JSON.stringify({ CORSRules: [rule, ...before] })
  const methodsInCdk = methods.map((method) => `s3.HttpMethods.${method}`).join(', ')
  const headers = sendsHeaders ? "['*']" : '[]'
  return {
    diff: JSON.stringify(rule, undefined, 2)
      .split('\n')
      .map((line) => `+ ${line}`),
    cli: [
      'The command writes the new rule, and after it those that are there now: S3 answers by the first that fits.',
      { run: ['aws', 's3api', 'put-bucket-cors', '--bucket', bucket, '--cors-configuration', after] },
    ],
    cdk: [
      'bucket.addCorsRule({',
      "  allowedOrigins: ['*'],",
      `  allowedMethods: [${methodsInCdk}],`,
      `  allowedHeaders: ${headers},`,
      "  exposedHeaders: ['Access-Control-Allow-Origin'],",
      '})',
    ].join('\n'),
    terraform: [
      '# in the aws_s3_bucket_cors_configuration of the bucket',
      'cors_rule {',
      '  allowed_origins = ["*"]',
      `  allowed_methods = ${JSON.stringify(methods)}`,
      `  allowed_headers = ${sendsHeaders ? '["*"]' : '[]'}`,
      '  expose_headers  = ["Access-Control-Allow-Origin"]',
      '}',
    ].join('\n'),
    verify: [{ run: ['aws', 's3api', 'get-bucket-cors', '--bucket', bucket] }],
    undo:
      before.length === 0
        ? [{ run: ['aws', 's3api', 'delete-bucket-cors', '--bucket', bucket] }]
        : [
            {
              run: [
                ...['aws', 's3api', 'put-bucket-cors', '--bucket', bucket],
                ...['--cors-configuration', JSON.stringify({ CORSRules: before })],
              ],
            },
          ],
  }
}
