import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundingBox,
  isLabelingJobError,
  jobFromConfig,
  labelingJob,
  outputKey,
  volumeKey,
} from '../../../src/index.js'
import { fakeAws } from '../../../src/testing/index.js'
import { runs } from '../../support/runs.js'

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/config.schema.json', import.meta.url), 'utf8'),
)
const isOfTheForm = new Ajv({ strictTypes: false }).compile(schema)

const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
const OUT = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const VOLUME = 'arn:aws:kms:us-east-1:111122223333:key/9876abcd-12ab-34cd-56ef-1234567890ab'
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:signs-in'

const task = {
  name: 'bounding-box',
  title: 'Box signs',
  description: 'One box each',
  template: 's3://gt/box.html',
  labels: 's3://gt/labels.json',
}

const plain = {
  name: 'signs',
  task,
  input: 's3://gt/in.manifest',
  output: { folder: 's3://gt/out/', key: 'alias/out' },
  role: ROLE,
  workers: TEAM,
}

/** The problems of a configuration: code and path of each. */
function problemsOf(config: unknown): string[] {
  try {
    jobFromConfig(config)
    return []
  } catch (error) {
    if (!isLabelingJobError(error, 'config-invalid')) throw error
    return error.data.problems.map(({ code, path }) => `${code} ${path}`)
  }
}

describe('jobFromConfig', () => {
  test('makes the job that the builder makes', () => {
    const config = {
      $schema: 'labeling-job/config.schema.json',
      name: 'signs',
      task: { ...task, keywords: ['signs'], timeLimit: 600 },
      input: { manifest: 's3://gt/in.manifest', contentClassifiers: ['FreeOfAdultContent'] },
      output: { folder: 's3://gt/out/', key: OUT },
      role: ROLE,
      workers: { team: TEAM, perObject: '3', availability: 86_400, maxConcurrentTasks: 50 },
      autoLabeling: { key: VOLUME, vpc: { securityGroups: ['sg-1'], subnets: ['subnet-1'] } },
      labelAttribute: 'sign',
      stopWhen: { percentLabeled: '50' },
      tags: { team: 'vision' },
      raw: { HumanTaskConfig: { TaskTimeLimitInSeconds: 700 } },
    }

    const job = jobFromConfig(config)

    expect(job.toRequest({ region: 'us-east-1' })).toEqual(
      labelingJob('signs')
        .task(
          boundingBox({
            title: 'Box signs',
            description: 'One box each',
            template: 's3://gt/box.html',
            labels: 's3://gt/labels.json',
            keywords: ['signs'],
            timeLimit: 600,
          }),
        )
        .input('s3://gt/in.manifest', { contentClassifiers: ['FreeOfAdultContent'] })
        .output('s3://gt/out/', outputKey(OUT))
        .role(ROLE)
        .workers(TEAM, { perObject: 3, availability: 86_400, maxConcurrentTasks: 50 })
        .autoLabeling(volumeKey(VOLUME), { vpc: { securityGroups: ['sg-1'], subnets: ['subnet-1'] } })
        .labelAttribute('sign')
        .stopWhen({ percentLabeled: 50 })
        .tags({ team: 'vision' })
        .raw({ HumanTaskConfig: { TaskTimeLimitInSeconds: 700 } })
        .toRequest({ region: 'us-east-1' }),
    )
    expect(isOfTheForm(config)).toBe(true)
  })

  test('gives a job that can be created', async () => {
    const cloud = fakeAws()
    cloud.key({ alias: 'alias/out' })
    cloud.role({ name: 'GtExec', path: '/service-role/' })

    const running = await jobFromConfig(plain).create(cloud.connect())

    expect(running.name).toBe('signs')
  })

  test.each<[string, object]>([
    ['input', { input: 's3://gt/in.manifest' }],
    ['stream', { input: undefined, stream: TOPIC }],
    ['output', { output: 's3://gt/out/' }],
    ['workers', { workers: TEAM }],
    ['autoLabeling', { autoLabeling: 'alias/vol' }],
    ['autoLabeling that is only switched on', { autoLabeling: true }],
    ['autoLabeling that is switched off', { autoLabeling: false }],
  ])('takes a plain text for %s', (_, part) => {
    const config = JSON.parse(JSON.stringify({ ...plain, ...part }))

    expect(problemsOf(config)).toEqual([])
    expect(isOfTheForm(config)).toBe(true)
  })

  test('reports all problems at once, with their paths', () => {
    const config = {
      nam: 'signs',
      task: { ...task, name: 'bounding-bx', keywords: ['a', 7] },
      input: 's3://gt/in.manifest',
      stream: TOPIC,
      output: { folder: 'gt/out', key: 'alias/aws/s3' },
      role: 'GtExec',
      workers: { team: TEAM, perObject: 'three' },
      stopWhen: { humanLabeled: -1 },
      tags: { 'cost center': 7 },
    }

    expect(problemsOf(config)).toEqual([
      'config-missing name',
      'config-unknown nam',
      'config-wrong-value task.name',
      'config-wrong-type task.keywords[1]',
      'config-wrong-value output.folder',
      'config-wrong-value output.key',
      'config-wrong-value role',
      'config-wrong-type workers.perObject',
      'config-wrong-type stopWhen.humanLabeled',
      'config-wrong-type tags["cost center"]',
      'config-wrong-value stream',
    ])
  })

  test('reports the rules of a job under the paths of the configuration', () => {
    expect(
      problemsOf({
        ...plain,
        name: 'street_signs',
        task: { ...task, title: 'Signs 🛑', timeLimit: 10, keywords: ['multi-label'] },
        workers: { team: TEAM, perObject: 12 },
        autoLabeling: { initialModel: 'signs' },
        labelAttribute: 'signs-ref',
        tags: { 'a!': 'b' },
      }),
    ).toEqual([
      'labeling-job-name-pattern name',
      'task-keywords-pattern task.keywords[0]',
      'task-title-pattern task.title',
      'task-time-limit-in-seconds-range task.timeLimit',
      'number-of-human-workers-per-data-object-range workers.perObject',
      'initial-active-learning-model-arn-pattern autoLabeling.initialModel',
      'label-attribute-forbids-ref labelAttribute',
      'key-pattern tags["a!"]',
    ])
  })

  test('says what, why and how to mend it', () => {
    expect(() => jobFromConfig({ ...plain, output: { folder: 's3://gt/out/', key: '' } })).toThrow(
      'Cannot make a labeling job of the configuration: it has a problem. \n- output.key: it is "". Expected a key ARN, a key id, an alias (alias/name) or an alias ARN. Leave the key out when there is none; an empty string would silently mean a key of AWS.',
    )
  })

  test('does not take an unset variable for a member that was left out', () => {
    expect(problemsOf({ ...plain, output: { folder: 's3://gt/out/', key: undefined } })).toEqual([
      'config-wrong-type output.key',
    ])
  })

  test.each([[undefined], [null], ['signs'], [7], [[]], [[plain]]])('refuses %j as a whole', (config) => {
    expect(problemsOf(config)).toEqual(['config-wrong-type '])
  })

  test('refuses members that every object has', () => {
    expect(problemsOf(JSON.parse(`{"__proto__": {"name": "a"}, "toString": 1}`))).toEqual(
      expect.arrayContaining(['config-unknown __proto__', 'config-unknown toString', 'config-missing name']),
    )
  })

  test.each([
    ['template', { name: 'named-entity-recognition' }],
    ['preLambda', { preLambda: 'arn:aws:lambda:us-east-1:111122223333:function:pre' }],
  ])('refuses a %s where the task has none', (member, more) => {
    const config = { ...plain, task: { ...task, ...more } }

    expect(problemsOf(config)).toContain(`config-unknown task.${member}`)
    expect(isOfTheForm(config)).toBe(false)
  })

  test.each([[{ OutputConfig: { KmsKeyId: 'a' } }], [{ a: [{ volumekmskeyid: 'a' }] }]])(
    'refuses keys in raw: %j',
    (raw) => {
      expect(problemsOf({ ...plain, raw })).toEqual(['config-wrong-value raw'])
      expect(isOfTheForm({ ...plain, raw })).toBe(false)
    },
  )
})

describe('the published schema', () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      '',
      'a',
      's3://gt/a',
      's3://',
      'alias/out',
      'alias/aws/s3',
      ROLE,
      TEAM,
      TOPIC,
      '7',
      '-7',
    ),
    fc.constantFrom<unknown>(0, 1, -1, 1.5, true, false, null, [], {}, ['a'], ['a', 1], { a: 'b' }, { a: 1 }),
    fc.constantFrom<unknown>(
      { manifest: 's3://gt/a' },
      { topic: TOPIC },
      { folder: 's3://gt/a' },
      { team: TEAM },
    ),
    fc.constantFrom<unknown>(
      'custom',
      'named-entity-recognition',
      '1234abcd-12ab-34cd-56ef-1234567890ab',
      'mrk-1',
    ),
  )
  const whole: Record<string, unknown> = {
    ...plain,
    task: { ...task, name: 'custom', keywords: ['a'], timeLimit: 600, preLambda: 'arn', postLambda: 'arn' },
    input: { manifest: 's3://gt/in.manifest', contentClassifiers: ['FreeOfAdultContent'] },
    workers: { team: TEAM, perObject: 1, availability: 600, maxConcurrentTasks: 5, price: '0.036' },
    autoLabeling: { key: 'alias/vol', initialModel: 'model', vpc: { securityGroups: ['a'], subnets: ['b'] } },
    labelAttribute: 'a',
    stopWhen: { humanLabeled: 5, percentLabeled: '5' },
    tags: { a: 'b' },
    raw: { A: { b: [1] } },
  }
  const places = placesOf(whole, [])

  /** Every member of a configuration, by the names on the way to it. */
  function placesOf(value: unknown, way: readonly string[]): (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [way]
    return [
      ...(way.length > 0 ? [way] : []),
      ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...way, name])),
    ]
  }

  function changed(config: unknown, [name, ...rest]: readonly string[], change: unknown): unknown {
    if (name === undefined || typeof config !== 'object' || config === null) return change
    const copy = (Array.isArray(config) ? [...config] : { ...config }) as Record<string, unknown>
    if (rest.length === 0 && change === undefined) delete copy[name]
    else copy[name] = changed(copy[name], rest, change)
    return copy
  }

  const change = fc.tuple(
    fc.oneof(
      fc.constantFrom(...places),
      fc.constantFrom(['stream'], ['more'], ['task', 'more'], ['output', 'topic']),
    ),
    fc.oneof({ weight: 3, arbitrary: odd }, { weight: 1, arbitrary: fc.constant(undefined) }),
  )

  test('and the function agree on what has the form of a configuration', () => {
    let good = 0
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
        const config = JSON.parse(
          JSON.stringify(changes.reduce<unknown>((all, [way, value]) => changed(all, way, value), whole)),
        )

        const ofTheForm = problemsOf(config).filter((problem) => problem.startsWith('config-'))

        good += ofTheForm.length === 0 ? 1 : 0
        if ((ofTheForm.length === 0) !== isOfTheForm(config))
          expect.unreachable(
            `the function says ${ofTheForm.join()}, the schema ${JSON.stringify(isOfTheForm.errors)}`,
          )
      }),
      { numRuns: runs(3_000) },
    )
    expect(good).toBeGreaterThan(runs(3_000) / 20)
  })

  test('says of each member what it is for', () => {
    const { properties } = schema

    for (const [name, { description, $ref }] of Object.entries<{ description?: string; $ref?: string }>(
      properties,
    ))
      expect([name, description ?? $ref]).toEqual([name, expect.any(String)])
  })
})
