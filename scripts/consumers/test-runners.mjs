// Tests of consumers: in vitest and in jest, which runs CommonJS; with the fake of this library, and with
// aws-sdk-client-mock on the SDK's clients.
import { join } from 'node:path'
import { runBeside } from '../run-command.mjs'
import { FAKE_JOB, FAKE_WORLD } from './job-on-fake.mjs'
import { makeProject, REQUIRED_CLIENTS, writeFiles } from './make-project.mjs'

const TOOLS = ['vitest@4.1.11', 'jest@30.5.2', 'aws-sdk-client-mock@4.1.0']
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

const WITH_FAKE = `
test('a job of ours completes under our key', async () => {
  const cloud = fakeAws()
  ${FAKE_WORLD}
  ${FAKE_JOB}

  const running = await job.create(cloud.connect())
  const ended = await running.completed()

  expect(ended.outcome).toBe('completed')
  expect(ended.description.OutputConfig).toMatchObject({ KmsKeyId: keyArn })
  expect(cloud.calls.names()).toContain('sagemaker:CreateLabelingJob')
})

test('a denied call is told by its code', async () => {
  const cloud = fakeAws()
  cloud.inject({ call: 'kms:DescribeKey', fault: 'access-denied' })

  const looking = resolveKey('alias/gt-output', cloud.connect())

  await expect(looking).rejects.toBeInstanceOf(LabelingJobError)
  await expect(looking).rejects.toMatchObject({ code: 'key-access-denied' })
})
`
const WITH_MOCK = `
const KeyMetadata = {
  Arn: '${KEY}', KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab', AWSAccountId: '111122223333', Enabled: true,
  KeyManager: 'CUSTOMER', KeySpec: 'SYMMETRIC_DEFAULT', KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT',
  MultiRegion: false, Origin: 'AWS_KMS',
}
const kms = mockClient(KMSClient)
beforeEach(() => kms.reset())

test('a client that the library makes is mocked', async () => {
  kms.on(DescribeKeyCommand, { KeyId: 'alias/gt-output' }).resolves({ KeyMetadata })
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }

  const { arn } = await resolveKey('alias/gt-output', connect({ region: 'us-east-1', credentials }))

  expect(arn).toBe('${KEY}')
  expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(1)
})

test('an exception of the SDK is told by its code', async () => {
  kms.on(DescribeKeyCommand).rejects(new NotFoundException({ message: 'Alias is not found.', $metadata: {} }))

  const looking = resolveKey('alias/gt-output', connect({ region: 'us-east-1', clients: { kms: new KMSClient({ region: 'us-east-1' }) } }))

  await expect(looking).rejects.toMatchObject({ code: 'key-not-found' })
})
`
const LIBRARY = '{ boundingBox, connect, LabelingJobError, labelingJob, outputKey, resolveKey }'
const CLIENT = '{ DescribeKeyCommand, KMSClient, NotFoundException }'
const VITEST = `import { beforeEach, expect, test } from 'vitest'
import ${LIBRARY} from 'labeling-job'
`
const JEST = `const ${LIBRARY} = require('labeling-job')
`
const PROGRAMS = {
  'vitest/fake.test.mjs': `${VITEST}import { fakeAws } from 'labeling-job/testing'
${WITH_FAKE}`,
  'vitest/mock.test.mjs': `${VITEST}import ${CLIENT} from '@aws-sdk/client-kms'
import { mockClient } from 'aws-sdk-client-mock'
${WITH_MOCK}`,
  'jest/package.json': '{ "type": "commonjs" }',
  'jest/fake.test.js': `${JEST}const { fakeAws } = require('labeling-job/testing')
${WITH_FAKE}`,
  'jest/mock.test.js': `${JEST}const ${CLIENT} = require('@aws-sdk/client-kms')
const { mockClient } = require('aws-sdk-client-mock')
${WITH_MOCK}`,
}

/** Gives the consumers that test. */
export async function testRunnerConsumers({ tarball, folder }) {
  await makeProject(folder, [tarball, ...REQUIRED_CLIENTS, ...TOOLS])
  writeFiles(folder, PROGRAMS)
  const runner = (name, bin, args) => ({
    name,
    run: async () => {
      const program = join(folder, 'node_modules', bin)
      const env = { ...process.env, NO_COLOR: '1', CI: 'true', NODE_OPTIONS: '', VITEST: undefined }
      await runBeside(process.execPath, [program, ...args], { cwd: folder, env })
    },
  })
  return ['fake', 'mock'].flatMap((kind) => {
    const way = kind === 'fake' ? 'fakeAws()' : 'aws-sdk-client-mock'
    return [
      runner(`vitest, ${way}`, 'vitest/vitest.mjs', ['run', '--root', 'vitest', `${kind}.test.mjs`]),
      runner(`jest in CommonJS, ${way}`, 'jest/bin/jest.js', ['--rootDir', 'jest', `${kind}.test.js`]),
    ]
  })
}
