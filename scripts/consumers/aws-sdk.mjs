// The oldest and the newest AWS SDK that package.json takes: the types of its clients, calls over HTTP with the real
// clients, and every example, whose commands are the SDK's own.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPrinted, EXAMPLES } from '../examples.mjs'
import { findNode } from '../node-versions.mjs'
import { runBeside } from '../run-command.mjs'
import { makeProject, writeFiles } from './make-project.mjs'
import { COMPILER_PACKAGES, COMPILERS, compile, NODE_TYPES, writeProject } from './typescript.mjs'

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const CLIENT_TYPES = {
  'clients.mts': `import { IAMClient } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, KMSClient, type GrantListEntry } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import {
  CreateLabelingJobCommand, DescribeLabelingJobCommand, SageMakerClient, type CreateLabelingJobRequest,
} from '@aws-sdk/client-sagemaker'
import { SNSClient } from '@aws-sdk/client-sns'
import { STSClient } from '@aws-sdk/client-sts'
import { connect, fromDescribe, fromRequest, type CompleteJob } from 'labeling-job'
import { decidePermission, type PermissionQuestion } from 'labeling-job/permissions'
import { fakeAws } from 'labeling-job/testing'
declare const job: CompleteJob
const [region, sagemaker] = ['us-east-1', new SageMakerClient({})]
export const clients = {
  sagemaker, kms: new KMSClient({}), sts: new STSClient({}), iam: new IAMClient({}), s3: new S3Client({}),
  sns: new SNSClient({}), lambda: new LambdaClient({}),
}
export const aws = connect({ region, clients })
export const single = connect({ region, clients: sagemaker })
export const fake = connect({ region, clients: fakeAws() })
export const key = () => fakeAws().send(new DescribeKeyCommand({ KeyId: 'alias/gt' }))
const request: CreateLabelingJobRequest = job.toRequest({ region })
export const create = () => sagemaker.send(new CreateLabelingJobCommand(job.toRequest({ region })))
export const again = async () =>
  fromDescribe(await sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: 'signs' })))
export const back = fromRequest(request)
declare const question: PermissionQuestion
export const decide = (grants: GrantListEntry[]) => decidePermission({ ...question, grants })
`,
}
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
/** What a program does with real clients; a server in its process answers as KMS, STS and S3 do. */
const CALLS = `
const answers = {
  'TrentService.DescribeKey': ({ KeyId }) => KeyId === 'alias/none'
    ? [400, { __type: 'NotFoundException', message: 'Alias is not found.' }]
    : [200, { KeyMetadata: {
        Arn: '${KEY}', KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', AWSAccountId: '111122223333', Enabled: true,
        KeyManager: 'CUSTOMER', KeySpec: 'SYMMETRIC_DEFAULT', KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT',
        MultiRegion: false, Origin: 'AWS_KMS' } }],
}
const identity = '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
  + '<Arn>arn:aws:iam::111122223333:user/dev</Arn><UserId>AIDA</UserId><Account>111122223333</Account>'
  + '</GetCallerIdentityResult></GetCallerIdentityResponse>'
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  const target = request.headers['x-amz-target']
  if (target !== undefined) {
    const [status, answer] = answers[target](JSON.parse(body))
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer))
  } else if (body.includes('Action=GetCallerIdentity')) response.writeHead(200, { 'content-type': 'text/xml' }).end(identity)
  else if (request.url.endsWith('/secret')) response.writeHead(403).end()
  else response.writeHead(200, { 'content-length': 2, 'x-amz-server-side-encryption': 'aws:kms' }).end('{}')
}).listen(0, '127.0.0.1', async () => {
  try {
    const endpoint = 'http://127.0.0.1:' + server.address().port
    const aws = connect({
      region: 'us-east-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, config: { forcePathStyle: true },
    })
    const codeOf = (call) => call.then(() => 'no error', ({ code }) => code)
    const key = await resolveKey('alias/gt', aws)
    const head = await aws.call('s3:HeadObject', { Bucket: 'acme', Key: 'here' })
    deepEqual([
      key.arn,
      await codeOf(resolveKey('alias/none', aws)),
      (await aws.call('sts:GetCallerIdentity', {})).Account,
      head.ServerSideEncryption,
      await (await aws.call('s3:GetObject', { Bucket: 'acme', Key: 'here' })).Body.transformToString(),
      await codeOf(aws.call('s3:HeadObject', { Bucket: 'acme', Key: 'secret' })),
    ], ['${KEY}', 'key-not-found', '111122223333', 'aws:kms', '{}', 'access-denied'])
  } finally {
    server.close()
    server.closeAllConnections()
  }
})
`
const PROGRAMS = {
  'calls.mjs': `import { deepEqual } from 'node:assert/strict'
import { createServer } from 'node:http'
import { connect, resolveKey } from 'labeling-job'${CALLS}`,
  'calls.cjs': `const { deepEqual } = require('node:assert/strict')
const { createServer } = require('node:http')
const { connect, resolveKey } = require('labeling-job')${CALLS}`,
}

/** Gives the consumers that bring an SDK. */
export async function awsSdkConsumers({ tarball, folder }) {
  const oldest = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`)
  const newest = Object.entries(peerDependencies).map(([name, range]) => `${name}@${range}`)
  return [
    ...(await consumersOf('oldest', oldest, tarball, folder)),
    ...(await consumersOf('newest', newest, tarball, folder)),
  ]
}

async function consumersOf(which, packages, tarball, parent) {
  const folder = join(parent, which)
  await makeProject(folder, [tarball, ...packages, NODE_TYPES, ...COMPILER_PACKAGES])
  writeFiles(folder, PROGRAMS)
  for (const example of EXAMPLES) cpSync(join('examples', example), join(folder, example))
  const versions = Object.keys(peerDependencies)
    .filter((name) => name.startsWith('@aws-sdk/'))
    .map(
      (name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version,
    )
  return [
    ...Object.entries(COMPILERS).map(([compiler, version]) => ({
      name: `the ${which} AWS SDK, its types on TypeScript ${version}`,
      run: async () => {
        const settings = {
          module: 'nodenext',
          moduleResolution: 'nodenext',
          exactOptionalPropertyTypes: true,
        }
        writeProject(folder, compiler, settings, CLIENT_TYPES)
        await compile(folder, compiler, compiler)
        return [...new Set(versions)].join(', ')
      },
    })),
    ...Object.keys(PROGRAMS).map((program) => ({
      name: `the ${which} AWS SDK, calls over HTTP, ${program.endsWith('.cjs') ? 'require' : 'import'}`,
      run: async () => {
        await runBeside(process.execPath, [program], { cwd: folder })
      },
    })),
    {
      name: `the ${which} AWS SDK, every example`,
      run: async () => {
        const node = await findNode('24')
        for (const example of EXAMPLES)
          checkPrinted(example, await runBeside(node, [example], { cwd: folder }))
        return `${EXAMPLES.length} on Node 24`
      },
    },
  ]
}
