import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/aws/connect.js'
import { attachJob } from '../../src/running/attach-job.js'

const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:labeling-job/signs'
const JOB = {
  LabelingJobName: 'signs',
  LabelingJobArn: ARN,
  CreationTime: new Date('2026-11-20T00:00:00Z'),
  LabelCounters: { TotalLabeled: 3, HumanLabeled: 3, Unlabeled: 0 },
}
const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code} signs`), { code, ...more })
const named = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error(`${name} signs`), { name, $metadata: { httpStatusCode } })

/** A connection whose looks are answered in turn: a status, or an error; the last one for ever. */
function connectionTo(...looks: readonly (string | Error | 'never')[]) {
  let now = JOB.CreationTime.getTime()
  let asked = 0
  const send = async () => {
    const look = looks[Math.min(asked++, looks.length - 1)]
    if (look instanceof Error) throw look
    if (look === 'never') return new Promise(() => {})
    return { ...JOB, LabelingJobStatus: look }
  }
  const clock = {
    now: () => new Date(now),
    sleep: async (pause: number) => {
      now += pause
    },
  }
  return connect({ region: 'eu-west-1', clients: { sagemaker: { send } }, clock })
}

describe('a wait of days', () => {
  test.each([
    ['a laptop asleep', coded('ENOTFOUND')],
    ['a name server that does not answer', coded('EAI_AGAIN')],
    ['a lost connection', coded('ECONNRESET')],
    ['a timeout of the SDK', named('TimeoutError')],
    ['a service that is away', named('ServiceUnavailable', 503)],
    ['throttling', named('ThrottlingException')],
  ])('outlives %s', async (_what, blip) => {
    const aws = connectionTo('InProgress', blip, blip, blip, blip, blip, 'Completed')

    const outcome = await (await attachJob('signs', aws)).completed()

    expect(outcome.outcome).toBe('completed')
  })

  test.each([
    ['an expired login', named('ExpiredTokenException'), 'credentials'],
    ['a refusal', named('AccessDeniedException'), 'access-denied'],
  ])('ended by %s says that the job runs on, and how to take it up', async (_what, end, code) => {
    const aws = connectionTo('InProgress', 'InProgress', end)

    const error = await (await attachJob('signs', aws)).completed().catch((thrown) => thrown)

    expect(error).toMatchObject({ code, cause: end })
    expect(error.fix).toMatch(/\. The job itself runs on: take it up with attachJob\('signs', aws\)$/)
  })

  test('is bounded by maxWait also when a server accepts and never answers', async () => {
    const aws = connectionTo('InProgress', 'never')

    const waiting = (await attachJob('signs', aws)).completed({ maxWait: 20 })

    await expect(waiting).rejects.toMatchObject({
      code: 'wait-timeout',
      data: { waitingFor: ['signs'] },
      message:
        "Stopped waiting for the labeling job signs: it has not ended within 20 ms (no answer); the job itself runs on. Wait again with attachJob('signs', aws), or end the job with running.stop().",
    })
  })

  test('is bounded by a deadline, which survives a restart', async () => {
    const aws = connectionTo('InProgress')

    const waiting = (await attachJob('signs', aws)).completed({ deadline: new Date('2026-11-20T01:00:00Z') })

    await expect(waiting).rejects.toMatchObject({ code: 'wait-timeout' })
  })

  test('refuses a deadline that is none', async () => {
    const running = await attachJob('signs', connectionTo('InProgress'))

    await expect(running.completed({ deadline: new Date('x') })).rejects.toMatchObject({
      code: 'refused-call',
    })
  })

  test('ends with what onProgress rejects with, and kills no process', async () => {
    const running = await attachJob('signs', connectionTo('InProgress'))
    const full = new Error('disk full')

    const waiting = running.completed({ onProgress: async () => Promise.reject(full) })

    await expect(waiting).rejects.toBe(full)
  })

  test('puts one listener on a signal, whatever number of waits share it', async () => {
    const controller = new AbortController()
    const { signal } = controller
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    signal.addEventListener = ((...given: Parameters<typeof add>) => {
      listeners += 1
      return add(...given)
    }) as typeof add
    const running = await attachJob('signs', connectionTo('InProgress', 'never'))

    const waits = Array.from({ length: 50 }, () => running.completed({ signal }).catch((error) => error))
    await new Promise(setImmediate)
    controller.abort('enough')
    const errors = await Promise.all(waits)

    expect(new Set(errors.map(({ code, cause }) => `${code} ${cause}`))).toEqual(new Set(['aborted enough']))
    expect(listeners).toBeLessThanOrEqual(1)
  })

  test('looks anew in every loop over its progress', async () => {
    const progress = (await attachJob('signs', connectionTo('InProgress', 'Completed'))).progress()

    const seen = []
    for (let loop = 0; loop < 2; loop++) for await (const { status } of progress) seen.push(status)

    expect(seen).toEqual(['Completed', 'Completed'])
  })

  test('can be spared: status() looks once', async () => {
    const running = await attachJob('signs', connectionTo('InProgress'))

    expect(await running.status()).toMatchObject({
      job: 'signs',
      status: 'InProgress',
      counters: { labeled: 3, human: 3, machine: 0, failed: 0, unlabeled: 0 },
      total: 3,
      fraction: 1,
    })
  })
})

describe('a job that is taken up', () => {
  test('is named by its name or by its ARN', async () => {
    const handles = await Promise.all(
      ['signs', ARN].map((name) => attachJob(name, connectionTo('InProgress'))),
    )

    expect(handles.map(({ name, arn, region }) => [name, arn, region])).toEqual(
      Array(2).fill(['signs', ARN, 'eu-west-1']),
    )
  })

  test.each([
    [ARN.replace('eu-west-1', 'us-east-1'), "give aws.with({ region: 'us-east-1' })"],
    ['arn:aws:sagemaker:eu-west-1:111122223333:training-job/signs', 'is not the ARN of a labeling job'],
    ['', 'is neither the name nor the ARN of a labeling job'],
    [undefined, 'is neither the name nor the ARN of a labeling job'],
  ])('is refused by name: %s', async (name, why) => {
    await expect(attachJob(name as string, connectionTo('InProgress'))).rejects.toMatchObject({
      code: 'refused-call',
      why: expect.stringContaining(why),
    })
  })

  test.each([ARN.replace('111122223333', '999999999999'), ARN.replace('arn:aws:', 'arn:aws-cn:')])(
    'is never another one of the same name: %s',
    async (arn) => {
      await expect(attachJob(arn, connectionTo('InProgress'))).rejects.toMatchObject({
        code: 'refused-call',
        why: `the job signs that these credentials reach is ${ARN}, not ${arn}: use credentials of the account in the ARN`,
      })
    },
  )

  test('forges no line of a log by its name', async () => {
    const gone = Object.assign(new Error('gone\n::error::forged'), { name: 'ResourceNotFound' })

    const error = await attachJob('x\n::error::forged', connectionTo(gone)).catch((thrown) => thrown)

    expect(error.message).toContain('::error::forged')
    expect(error.message.split('\n')).toHaveLength(1)
  })

  test('that does not exist is not-found, also when AWS says so by ValidationException', async () => {
    const gone = Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' })

    await expect(attachJob('signs', connectionTo(gone))).rejects.toMatchObject({
      code: 'not-found',
      cause: gone,
    })
  })

  test('shows itself, and so does its outcome', async () => {
    const running = await attachJob('signs', connectionTo('Completed'))
    const outcome = await running.completed()

    expect(inspect(running)).toBe(`labeling job signs in eu-west-1 (${ARN})`)
    expect(JSON.parse(JSON.stringify(running))).toEqual({ name: 'signs', arn: ARN, region: 'eu-west-1' })
    expect(String(outcome)).toBe(
      'labeling job signs: completed\n  3 labeled (3 by people, 0 by the model), 0 failed, 0 unlabeled\n  output manifest: none',
    )
    expect(JSON.parse(JSON.stringify(outcome))).toEqual({
      outcome: 'completed',
      name: 'signs',
      arn: ARN,
      counters: { labeled: 3, human: 3, machine: 0, failed: 0, unlabeled: 0 },
    })
  })
})
