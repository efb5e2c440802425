import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateLabelingJobCommand, ResourceInUse, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type AwsCallError, isAccessDenied, isAwsError } from '../../src/aws/aws-error.js'
import { systemClock } from '../../src/aws/clock.js'
import { connect } from '../../src/aws/connect.js'
import { isLabelingJobError } from '../../src/errors/labeling-job-error.js'
import { fakeAws } from '../../src/testing/index.js'

const REGION = 'us-east-1'

function named(name: string, message = '', extra = {}) {
  return Object.assign(new Error(message), { name, ...extra })
}

async function refusal(thrown: unknown, asked?: string): Promise<AwsCallError> {
  const clients = { send: () => Promise.reject(thrown) }
  return connect({ region: REGION, clients })
    .call('kms:DescribeKey', { KeyId: 'alias/gt' }, asked === undefined ? {} : { what: asked })
    .then(
      () => expect.unreachable('the call was refused'),
      (error) => error,
    )
}

describe('clients', () => {
  test('sends the real commands to a client of the caller, and gives its answer', async () => {
    const kms = mockClient(KMSClient)
    kms.on(DescribeKeyCommand, { KeyId: 'alias/gt' }).resolves({ KeyMetadata: { KeyId: 'id' } })

    const aws = connect({ region: REGION, clients: { kms: new KMSClient({ region: REGION }) } })

    expect(await aws.call('kms:DescribeKey', { KeyId: 'alias/gt' })).toMatchObject({
      KeyMetadata: { KeyId: 'id' },
    })
    kms.restore()
  })

  test.each<[string, object, string]>([
    ['', {}, ''],
    [' beside a text of its own', { customUserAgent: 'acme/7' }, 'acme/7'],
    [' beside pairs of its own', { customUserAgent: [['acme', '7']] }, 'acme/7'],
  ])('names the library and its version in the user agent%s', async (_, config, more) => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    let agent = ''
    const handle = (request: { readonly headers: Readonly<Record<string, string>> }) => {
      agent = `${request.headers['user-agent']}`
      throw named('AccessDeniedException')
    }
    const aws = connect({
      region: REGION,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      config: { requestHandler: { handle }, ...config },
    })

    await expect(aws.call('sts:GetCallerIdentity', {})).rejects.toMatchObject({ code: 'access-denied' })

    expect(agent.split(' ')).toEqual(
      expect.arrayContaining([`labeling-job/${version}`, ...(more ? [more] : [])]),
    )
  })

  test('takes one object that serves every service', async () => {
    const seen: unknown[] = []
    const aws = connect({ region: REGION, clients: { send: async (command) => seen.push(command) } })

    await aws.call('sts:GetCallerIdentity', {})
    await aws.call('kms:DescribeKey', { KeyId: 'k' })

    expect(seen[0]).toBeInstanceOf(GetCallerIdentityCommand)
    expect(seen[1]).toBeInstanceOf(DescribeKeyCommand)
  })

  test('makes the SDK client of a service itself, with region and endpoint', async () => {
    const sagemaker = mockClient(SageMakerClient)
    sagemaker.on(CreateLabelingJobCommand).resolves({ LabelingJobArn: 'arn' })

    const aws = connect({
      region: 'eu-west-1',
      endpoint: 'http://localhost:1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    })
    await aws.call('sagemaker:CreateLabelingJob', {})

    const [client] = sagemaker.send.thisValues as SageMakerClient[]
    expect(await client?.config.region()).toBe('eu-west-1')
    expect((await client?.config.endpoint?.())?.port).toBe(1)
    sagemaker.restore()
  })

  test('works for another region over clients that can move', async () => {
    const aws = connect({
      region: REGION,
      clients: {
        kms: new KMSClient({ region: REGION, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
      },
    })

    const moved = aws.with({ region: 'eu-west-1' })

    expect(await moved.region()).toBe('eu-west-1')
    expect(moved.identity('kms')).not.toBe(aws.identity('kms'))
    expect(await (moved.identity('kms') as KMSClient).config.region()).toBe('eu-west-1')
  })

  test('signs with the new credentials and region once an SDK client has moved', async () => {
    let authorization = ''
    let token: unknown
    const server = createServer((request, response) => {
      authorization = String(request.headers.authorization)
      token = request.headers['x-amz-security-token']
      response.setHeader('content-type', 'application/x-amz-json-1.1')
      response.end('{"KeyMetadata":{"KeyId":"id"}}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const kms = new KMSClient({
      region: REGION,
      endpoint,
      credentials: { accessKeyId: 'AKIACALLER', secretAccessKey: 's' },
    })

    const moved = connect({ region: REGION, clients: { kms } }).with({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'ASIAROLE', secretAccessKey: 't', sessionToken: 'session' },
    })
    await moved.call('kms:DescribeKey', { KeyId: 'k' }).finally(() => server.close())

    expect(authorization).toMatch(/Credential=ASIAROLE\/\d{8}\/eu-west-1\/kms\//)
    expect(token).toBe('session')
  })

  test('says of the fake in the place of options how it is given', () => {
    expect(() => connect(fakeAws() as never)).toThrow(
      'this is a client and no options: give connect({ clients: client })',
    )
  })

  test('moves a stand-in that knows how, and refuses one that does not', async () => {
    const stand = (region: string) => ({
      region,
      send: async () => ({}),
      with: (to: { region?: string }) => stand(to.region ?? region),
    })

    const moved = connect({ region: REGION, clients: stand(REGION) }).with({ region: 'eu-west-1' })

    expect(moved.identity('kms')).toMatchObject({ region: 'eu-west-1' })
    expect(() =>
      connect({ region: REGION, clients: { send: async () => ({}) } }).with({ region: 'eu-west-1' }),
    ).toThrow('it is not an SDK client, and has no `with` of its own')
  })
})

describe('the region', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere')
    vi.stubEnv('AWS_REGION', '')
    vi.stubEnv('AWS_DEFAULT_REGION', '')
  })
  afterEach(() => vi.unstubAllEnvs())

  test('comes from the SDK when none is given', async () => {
    vi.stubEnv('AWS_REGION', 'ap-south-1')

    expect(await connect().region()).toBe('ap-south-1')
  })

  test('comes from a client of the caller', async () => {
    expect(await connect({ clients: { kms: new KMSClient({ region: 'ca-central-1' }) } }).region()).toBe(
      'ca-central-1',
    )
    expect(
      await connect({
        clients: { send: async () => ({}), config: { region: 'eu-west-2' } } as never,
      }).region(),
    ).toBe('eu-west-2')
  })

  test('is asked for by every call, where the SDK said "Region is missing" of its own', async () => {
    const send = async () => {
      throw new Error('Region is missing')
    }
    const aws = connect({ clients: { send } })

    await expect(aws.call('s3:GetObject', { Bucket: 'acme', Key: 'a' })).rejects.toMatchObject({
      code: 'region-unknown',
      fix: "Give it: connect({ region: 'us-east-1' }), or set AWS_REGION",
    })
  })

  test('is looked for anew after it could not be found', async () => {
    const answers = [undefined, 'eu-west-1']
    const clients = { send: async () => ({}), config: { region: async () => answers.shift() } }
    const aws = connect({ clients })

    await expect(aws.region()).rejects.toMatchObject({ code: 'region-unknown' })
    expect(await aws.region()).toBe('eu-west-1')
  })

  test('is asked for when nothing names it', async () => {
    await expect(connect().region()).rejects.toThrow(
      "Give it: connect({ region: 'us-east-1' }), or set AWS_REGION",
    )
    await expect(connect({ clients: { send: async () => ({}) } }).region()).rejects.toMatchObject({
      code: 'region-unknown',
    })
  })
})

describe('errors', () => {
  test.each([
    ['AccessDeniedException', 'access-denied'],
    ['AccessDenied', 'access-denied'],
    ['ThrottlingException', 'throttled'],
    ['SlowDown', 'throttled'],
    ['ResourceInUse', 'name-taken'],
    ['ResourceLimitExceeded', 'limit-exceeded'],
    ['ResourceNotFound', 'not-found'],
    ['NoSuchEntityException', 'not-found'],
    ['ValidationException', 'aws-validation'],
    ['ExpiredToken', 'credentials'],
    ['SomethingNew', 'aws-call-failed'],
  ])('%s becomes %s, with the cause kept', async (name, code) => {
    const thrown = named(name, 'words of AWS', { $metadata: { requestId: 'r-1' } })

    const error = await refusal(thrown)

    expect(isAwsError(error)).toBe(true)
    expect(error.code).toBe(code)
    expect(error.cause).toBe(thrown)
    expect(error.data).toEqual({
      call: 'kms:DescribeKey',
      region: REGION,
      awsError: name,
      requestId: 'r-1',
      mayHaveHappened: false,
    })
    expect(error.message).toContain(
      `Cannot call kms:DescribeKey in us-east-1: kms:DescribeKey answered ${name}: words of AWS.`,
    )
  })

  test.each([
    [400, 'aws-call-failed', '400', false],
    [403, 'access-denied', '403', false],
    [404, 'not-found', 'NotFound', false],
    [503, 'aws-unavailable', '503', true],
  ])(
    'a HEAD that S3 answers with a bare %s is told by it',
    async (status, code, awsError, mayHaveHappened) => {
      const server = createServer((_, response) => response.writeHead(status).end())
      await new Promise<void>((resolve) => server.listen(0, resolve))
      const aws = connect({
        region: REGION,
        endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        config: { maxAttempts: 1 },
      })

      const error = await aws.call('s3:HeadObject', { Bucket: 'gt', Key: 'a' }).catch((thrown) => thrown)

      server.close()
      expect(error).toMatchObject({ code, data: { call: 's3:HeadObject', awsError, mayHaveHappened } })
      if (status === 403)
        expect(error.fix).toBe('Allow s3:GetObject for the identity that makes the call, and look for a Deny')
    },
  )

  test('begins with what was asked when it is known', async () => {
    expect((await refusal(named('X'), 'Cannot create the labeling job a')).message).toMatch(
      /^Cannot create the labeling job a: /,
    )
  })

  test('is told apart from AWS errors of other names', async () => {
    const denied = await refusal(named('AccessDeniedException'))

    expect(isAwsError(denied)).toBe(true)
    expect(isAwsError(denied, 'NotFoundException')).toBe(false)
    expect(isAccessDenied(denied)).toBe(true)
    expect(isLabelingJobError(denied)).toBe(true)
    expect(isLabelingJobError(new Error('x'))).toBe(false)
  })

  test('keeps what is no error object', async () => {
    expect((await refusal('text')).data.awsError).toBe('UnknownError')
    expect((await refusal({ Code: 'NoSuchKey' })).code).toBe('not-found')
  })

  test.each([undefined, null])('says so when a client throws %s', async (nothing) => {
    expect(await refusal(nothing)).toMatchObject({
      code: 'aws-call-failed',
      why: `kms:DescribeKey ended with ${nothing}, which is neither an answer nor an error`,
    })
  })

  test.each([
    ['a token of S3', { name: 'ExpiredToken', 'Token-0': 'FQoGZXIvYXdzEXAMPLE' }],
    [
      'what S3 was to sign',
      { name: 'SignatureDoesNotMatch', CanonicalRequest: 'GET\nx-amz-security-token:FQoGZXIvYXdzEXAMPLE\n' },
    ],
    [
      'what KMS was to sign',
      {
        name: 'InvalidSignatureException',
        message: "The canonical string is 'POST\n/\nx-amz-security-token:FQoGZXIvYXdzEXAMPLE\n'",
      },
    ],
    [
      'what STS was to sign',
      {
        name: 'SignatureDoesNotMatch',
        Error: { Message: 'X-Amz-Security-Token=FQoGZXIvYXdzEXAMPLE&X-Amz-Date=1' },
      },
    ],
    [
      'a presigned address',
      {
        cause: new Error(
          'https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=FQoGZXIvYXdzEXAMPLE',
        ),
      },
    ],
  ])('do not print %s, nor does their cause', async (_, fields) => {
    const error = await refusal(
      Object.assign(new Error(`${'message' in fields ? fields.message : 'no'}`), fields),
    )

    expect(`${inspect(error, { showHidden: true, depth: 9 })} ${JSON.stringify(error)}`).not.toMatch(
      /FQoGZX|AKIAIO/,
    )
  })

  test('explains a role that cannot be assumed, and the -ref rule, in the words AWS uses', async () => {
    const role = await refusal(
      named('ValidationException', 'The role ARN isn\'t valid. … "sts:AssumeRole" …'),
    )
    const ref = await refusal(named('ValidationException', "… must end with '-ref'."))

    expect(role.fix).toContain('its trust policy lets sagemaker.amazonaws.com assume it')
    expect(ref.fix).toBe('Set .labelAttribute() as the message says')
  })

  test('gives a modelled error of the SDK its meaning', async () => {
    const error = await refusal(new ResourceInUse({ message: 'taken', $metadata: {} }))

    expect(error.fix).toContain('Choose another name')
  })

  test('of an aborted signal has its reason as the cause', async () => {
    const controller = new AbortController()
    const clients = {
      send: async () => controller.abort(new Error('enough')) ?? Promise.reject(named('AbortError')),
    }

    const call = connect({ region: REGION, clients }).call(
      'kms:DescribeKey',
      { KeyId: 'k' },
      { signal: controller.signal },
    )

    const error = await call.catch((thrown) => thrown)

    expect(error).toMatchObject({
      name: 'AbortError',
      code: 'aborted',
      message: 'Cannot call kms:DescribeKey: its signal was aborted.',
      cause: controller.signal.reason,
    })
  })
})

describe('the machine clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test.each([3e9, Number.POSITIVE_INFINITY])(
    'waits %s ms as long as a timer can, which ended at once and asked AWS without a pause',
    async (pause) => {
      let isOver = false
      void systemClock.sleep(pause).then(() => {
        isOver = true
      })

      await vi.advanceTimersByTimeAsync(2 ** 31 - 2)
      expect(isOver).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(isOver).toBe(true)
    },
  )

  test('waits, and stops waiting when told to', async () => {
    const controller = new AbortController()
    const slept = systemClock.sleep(1000, controller.signal)
    await vi.advanceTimersByTimeAsync(1000)
    await slept
    const aborted = systemClock.sleep(1000, controller.signal)
    controller.abort(new Error('enough'))

    await expect(aborted).rejects.toThrow('enough')
    await expect(systemClock.sleep(1, controller.signal)).rejects.toThrow('enough')
    expect(systemClock.now()).toEqual(new Date(Date.now()))
  })
})

describe('trouble on the way to AWS', () => {
  const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

  test.each([
    [coded('ENOTFOUND', 'getaddrinfo ENOTFOUND kms'), 'network', true, false],
    [coded('EAI_AGAIN', 'getaddrinfo EAI_AGAIN kms'), 'network', true, false],
    [coded('ECONNREFUSED', 'connect ECONNREFUSED'), 'network', true, false],
    [coded('ECONNRESET', 'read ECONNRESET'), 'network', true, true],
    [named('TimeoutError', 'Connection timed out after 1000 ms'), 'network', true, true],
    [new AggregateError([coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:443')], ''), 'network', true, false],
    [
      new TypeError('fetch failed', { cause: coded('ENOTFOUND', 'getaddrinfo ENOTFOUND kms') }),
      'network',
      true,
      false,
    ],
    [named('X', 'unavailable', { $metadata: { httpStatusCode: 503 } }), 'aws-unavailable', true, true],
    [named('InternalFailure', 'internal'), 'aws-unavailable', true, true],
    [named('X', 'slow down', { $metadata: { httpStatusCode: 429 } }), 'throttled', true, false],
    [
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      'credentials',
      false,
      false,
    ],
    [
      named('ExpiredTokenException', 'The security token included in the request is expired'),
      'credentials',
      false,
      false,
    ],
    [named('RequestTimeTooSkewed', 'skewed'), 'credentials', false, false],
  ])('%s is told by its code', async (thrown, code, retryable, mayHaveHappened) => {
    const error = await refusal(thrown)

    expect(error).toMatchObject({ code, retryable, cause: thrown, data: { mayHaveHappened } })
    expect(error.message).not.toMatch(/UnknownError|AggregateError|: \.|\.\./)
  })

  test('says what could not be reached, and what to look at', async () => {
    expect((await refusal(coded('ENOTFOUND', 'getaddrinfo ENOTFOUND kms.example'))).message).toBe(
      'Cannot call kms:DescribeKey in us-east-1: kms:DescribeKey could not reach kms in us-east-1 (ENOTFOUND: getaddrinfo ENOTFOUND kms.example). Check the region, the network, the proxy, and the VPC endpoint or `endpoint` if there is one.',
    )
  })

  test.each(['PermanentRedirect', 'AuthorizationHeaderMalformed'])(
    'says of a bucket in another region how it is reached: %s',
    async (name) => {
      expect((await refusal(named(name))).fix).toMatch(/^Use a connection to the region of the bucket/)
    },
  )

  test('says what a mock gave that was not told what to answer', async () => {
    const clients = { send: async () => undefined }

    await expect(
      connect({ region: REGION, clients }).call('kms:DescribeKey', { KeyId: 'k' }),
    ).rejects.toThrow(
      'kms:DescribeKey ended with undefined, which is neither an answer nor an error. Look at the client',
    )
  })

  test('ends each sentence once', async () => {
    expect((await refusal(named('X', 'It occurred..'))).why).toBe('kms:DescribeKey answered X: It occurred')
  })
})

describe('options of connect', () => {
  test.each([
    [{ endpoint: 'localhost:4566' }, 'its option endpoint is "localhost:4566"'],
    [{ region: 'US East' }, 'its option region is "US East"'],
    [{ region: '' }, 'its option region is ""'],
    [{ endpoint: 'https//me:secret@host' }, 'its option endpoint is "https//…@host"'],
    [{ clients: 'kms' }, 'its option clients is a string'],
    [{ onCall: true }, 'its option onCall is true'],
    [{ clock: null }, 'its option clock is null'],
  ])('%j are refused before anything is sent', (options, why) => {
    expect(() => connect(options as never)).toThrow(expect.objectContaining({ code: 'refused-call', why }))
  })

  test.each([
    { credentials: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG' },
    { config: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG' },
    { clients: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG' },
    { clock: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG' },
    'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG',
  ])('that are credentials as text are not repeated: %#', (options) => {
    const said = [() => connect(options as never), () => connect({ region: REGION }).with(options as never)]
      .map((call) => {
        try {
          return call()
        } catch (error) {
          return `${inspect(error, { showHidden: true, depth: 9 })} ${JSON.stringify(error)}`
        }
      })
      .join('\n')

    expect(said).toContain('a string')
    expect(said).not.toMatch(/AKIA|wJalr/)
  })

  test.each([
    [undefined, 'undefined'],
    ['wJalrXUtnFEMI/K7MDENG', 'a string'],
    [Promise.resolve({ send: async () => ({}) }), 'a promise that was not awaited'],
    [{}, 'an object'],
  ])('refuse what a function makes that is no client: %j', async (made, words) => {
    const aws = connect({ region: REGION, clients: () => made as never })

    await expect(aws.call('kms:DescribeKey', { KeyId: 'k' })).rejects.toThrow(
      `Cannot call connect(): its clients gave ${words} for kms: give an SDK client`,
    )
  })

  test('let a function make the clients, for each region', async () => {
    const made: unknown[] = []
    const aws = connect({
      region: REGION,
      clients: (service, at) => {
        made.push([service, at])
        return { send: async () => ({ KeyMetadata: {} }) }
      },
    })

    await aws.call('kms:DescribeKey', { KeyId: 'k' })
    await aws.with({ region: 'eu-west-1' }).call('kms:DescribeKey', { KeyId: 'k' })

    expect(made).toEqual([
      ['kms', { region: REGION }],
      ['kms', { region: 'eu-west-1' }],
    ])
  })

  test('let no listener change what comes of a call', async () => {
    const listeners = [
      async () => Promise.reject(new Error('full')),
      () => {
        throw undefined
      },
    ]

    for (const onCall of listeners) {
      const clients = { send: async () => ({ KeyMetadata: { KeyId: 'k' } }) }
      const answer = await connect({ region: REGION, clients, onCall }).call('kms:DescribeKey', {
        KeyId: 'k',
      })

      expect(answer).toEqual({ KeyMetadata: { KeyId: 'k' } })
    }
  })

  test('tell of every call, and never of a body', async () => {
    const heard: unknown[] = []
    const answers = [{ $metadata: { requestId: 'r-1', attempts: 2 } }, named('AccessDenied', 'no')]
    const aws = connect({
      region: REGION,
      clients: {
        send: async () => {
          const answer = answers.shift()
          if (answer instanceof Error) throw answer
          return answer
        },
      },
      clock: { now: () => new Date(0), sleep: async () => {} },
      onCall: (call) => heard.push(call),
    })

    await aws.call('kms:DescribeKey', { KeyId: 'secret' })
    await aws.call('kms:DescribeKey', { KeyId: 'secret' }).catch(() => {})

    const call = { call: 'kms:DescribeKey', region: REGION, milliseconds: 0 }
    expect(heard).toEqual([
      { ...call, attempts: 2, requestId: 'r-1' },
      { ...call, attempts: 1, error: 'AccessDenied' },
    ])
  })
})
