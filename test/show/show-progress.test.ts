import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeManyProgress } from '../../src/aws/many.js'
import { attachJob, createAll, jobFromConfig, showProgress, waitForAll } from '../../src/index.js'
import { makeProgress } from '../../src/running/progress.js'
import { fakeAws } from '../../src/testing/index.js'
import { putSigns, SIGNS_CONFIG } from '../support/signs-config.js'

const STARTED = { name: 'signs', arn: 'arn', region: 'us-east-1', createdAt: new Date(0) }

function progressOf(status: 'InProgress' | 'Completed', labeled: number, minutes: number) {
  const LabelCounters = { TotalLabeled: labeled, HumanLabeled: labeled, Unlabeled: 10 - labeled }
  return makeProgress(
    STARTED,
    { LabelingJobStatus: status, LabelCounters },
    { now: minutes * 60_000, stalled: false, looks: [] },
  )
}

const jobs = (completed: number, total?: number) => makeManyProgress('jobs', { completed }, total)

/** A terminal, as far as a line that is written anew needs one. */
class Terminal {
  readonly isTTY = true
  readonly columns: number
  bytesWritten = 0
  lines = ['']

  constructor(columns = 120) {
    this.columns = columns
  }

  write(text: string) {
    this.bytesWritten += text.length
    for (const character of text.replaceAll('\u001b[1A', '↑').replaceAll('\u001b[2K', '⌫')) {
      if (character === '↑') this.lines.pop()
      else if (character === '⌫') this.lines[this.lines.length - 1] = ''
      else if (character === '\n') this.lines.push('')
      else if (character !== '\r') this.lines[this.lines.length - 1] += character
    }
  }
}

class Log {
  lines: string[] = []
  write(text: string) {
    this.lines.push(text)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.stubEnv('CI', undefined)
  vi.stubEnv('TERM', 'xterm')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('on a terminal', () => {
  test('a wait is one line, which ends as lines do', async () => {
    const terminal = new Terminal()
    const show = showProgress(terminal)

    for (const [status, labeled, minutes] of [
      ['InProgress', 0, 1],
      ['InProgress', 0, 2],
      ['Completed', 10, 3],
    ] as const)
      await show(progressOf(status, labeled, minutes))

    expect(terminal.lines).toEqual(['signs: Completed, 10 of 10 labeled (100 %), after 3 min', ''])
  })

  test('the next wait has a line of its own', async () => {
    const terminal = new Terminal()
    const show = showProgress(terminal)

    await show(jobs(1, 1))
    await show(jobs(2, 2))

    expect(terminal.lines).toEqual(['jobs: 1 of 1; completed: 1', 'jobs: 2 of 2; completed: 2', ''])
  })

  test('what the program prints in between stays', async () => {
    const terminal = new Terminal()
    const show = showProgress(terminal)

    await show(progressOf('InProgress', 1, 1))
    terminal.write('signs-berlin created\n')
    await show(progressOf('InProgress', 2, 2))
    await show(progressOf('InProgress', 3, 3))

    expect(terminal.lines).toEqual([
      'signs: InProgress, 1 of 10 labeled (10 %), after 1 min',
      'signs-berlin created',
      'signs: InProgress, 3 of 10 labeled (30 %), after 3 min',
      '',
    ])
  })

  test('a line is cut to the columns, wide letters counted twice, and cannot move the cursor', async () => {
    const terminal = new Terminal(11)
    const show = showProgress(terminal)

    for (const text of ['0123456789', '01234567890', '標識標識標識', 'a\u001b[2Jb\nc'])
      await show({ status: 'Completed', toString: () => text })

    expect(terminal.lines).toEqual(['0123456789', '012345678…', '標識標識…', 'a\ufffd[2Jb\ufffdc', ''])
  })

  test('what comes faster than it can be read is left out, but for the last', async () => {
    const terminal = new Terminal()
    const write = vi.spyOn(terminal, 'write')
    const show = showProgress(terminal)

    for (let done = 0; done <= 1_000; done++) await show(jobs(done, 1_000))

    expect(write).toHaveBeenCalledTimes(2)
    expect(terminal.lines).toEqual(['jobs: 1000 of 1000; completed: 1000', ''])
  })
})

describe('elsewhere', () => {
  const waited = async (stream: { write(text: string): unknown }) => {
    const show = showProgress(stream)
    for (const [labeled, minutes] of [
      [1, 1],
      [1, 2],
      [2, 3],
    ] as const)
      await show(progressOf('InProgress', labeled, minutes))
  }
  const CHANGES = [
    'signs: InProgress, 1 of 10 labeled (10 %), after 1 min\n',
    'signs: InProgress, 2 of 10 labeled (20 %), after 3 min\n',
  ]

  test('there is a line for each change, and none for the time that goes by', async () => {
    const log = new Log()

    await waited(log)

    expect(log.lines).toEqual(CHANGES)
  })

  test.each([
    ['CI', 'true'],
    ['TERM', 'dumb'],
  ])('which is where %s is %s, whatever is said of a terminal', async (name, value) => {
    vi.stubEnv(name, value)
    const log = Object.assign(new Log(), { isTTY: true })

    await waited(log)

    expect(log.lines).toEqual(CHANGES)
  })

  test('a thousand jobs are a line in five seconds, and the last', async () => {
    const log = new Log()
    const show = showProgress(log)

    for (let done = 1; done <= 1_000; done++) {
      await show(jobs(done, 1_000))
      vi.advanceTimersByTime(10)
    }

    expect(log.lines.map((line) => /^jobs: (\d+)/.exec(line)?.[1])).toEqual(['1', '501', '1000'])
  })

  test('a stream that throws, and a place that is none, end nothing', async () => {
    const broken = {
      write() {
        throw new Error('EPIPE')
      },
    }

    await showProgress(broken)(jobs(1, 1))
    const stderr = vi.spyOn(process, 'stderr', 'get').mockReturnValue(undefined as never)
    await showProgress()(jobs(1, 1))
    stderr.mockRestore()
  })

  test('what is no stream is refused, and the function itself in the place of what it makes', () => {
    expect(() => showProgress('stderr' as never)).toThrow(
      'Cannot call showProgress(): it was given "stderr", no stream: give onProgress: showProgress(), or a stream such as process.stdout.',
    )
    expect(() => showProgress(jobs(1, 1) as never)).toThrow('it was given an object, no stream')
  })
})

test('a notebook of Deno shows a line that is written anew', async () => {
  const shown: unknown[] = []
  const display = async (data: object, { update }: { readonly update: boolean }) =>
    void shown.push([data, update])
  vi.stubGlobal('Deno', { jupyter: { display } })
  const show = showProgress()

  await show(progressOf('InProgress', 1, 1))
  await show(progressOf('Completed', 10, 2))

  expect(shown).toEqual([
    [{ 'text/plain': 'signs: InProgress, 1 of 10 labeled (10 %), after 1 min' }, false],
    [{ 'text/plain': 'signs: Completed, 10 of 10 labeled (100 %), after 2 min' }, true],
  ])
})

test('a program of Deno that is no notebook writes to its errors', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  vi.stubGlobal('Deno', {
    get jupyter() {
      throw new Error('Deno.jupyter is only available in `deno jupyter` subcommand')
    },
  })

  await showProgress()(jobs(1, 1))

  expect(write.mock.calls.map(([text]) => text)).toEqual(['jobs: 1 of 1; completed: 1\n'])
  write.mockRestore()
})

test('creating, waiting for one and waiting for many show how far they are', async () => {
  vi.useRealTimers()
  const cloud = fakeAws()
  putSigns(cloud)
  const aws = cloud.connect()
  const log = new Log()

  for await (const { status } of createAll([jobFromConfig(SIGNS_CONFIG)], aws, {
    onProgress: showProgress(log),
  }))
    expect(status).toBe('created')
  await (await attachJob('signs', aws)).completed({ onProgress: showProgress(log) })
  for await (const { outcome } of waitForAll(['signs'], aws, { onProgress: showProgress(log) }))
    expect(outcome).toBe('completed')

  expect([log.lines[0], log.lines.at(-2), log.lines.at(-1)]).toEqual([
    'jobs: 1 of 1; created: 1\n',
    expect.stringMatching(/^signs: Completed, 1 of 1 labeled \(100 %\), after /),
    'jobs: 1 of 1; completed: 1\n',
  ])
})
