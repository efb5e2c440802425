import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { collect } from '../../../src/manifests/overview/collect.js'
import { endOnAbort } from '../../../src/manifests/read/end-on-abort.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { writeManifest } from '../../../src/manifests/write/write-manifest.js'
import { awsPutting } from '../aws-putting.js'
import { awsWith } from '../aws-with.js'

const OPTIONS = { task: 'image-classification', attribute: 'sky' } as const
const LINE = '{"source-ref":"s3://acme-gt/in/1.jpg","sky":0}\n'
const REASON = new Error('the user went home')

describe('a signal', () => {
  it('that is aborted ends reading while the next part is awaited, and closes the stream', async () => {
    const stop = new AbortController()
    const body = new Readable({ read() {} })
    body.push(LINE)
    const Body = Object.assign(body, { transformToString: async () => '' })
    const aws = awsWith({ 's3:GetObject': () => ({ Body }) })
    const seen: string[] = []

    const reading = (async () => {
      const labels = readLabels(OPTIONS, 's3://acme-gt/out', aws, { signal: stop.signal })
      for await (const { status } of labels) {
        seen.push(status)
        queueMicrotask(() => stop.abort(REASON))
      }
    })()

    await expect(reading).rejects.toMatchObject({
      name: 'AbortError',
      code: 'aborted',
      message: 'Cannot read labels: its signal was aborted.',
      cause: REASON,
    })
    expect(seen).toStrictEqual(['labeled'])
    expect(body.destroyed).toBe(true)
  })

  it('that is aborted before ends reading before anything is asked', async () => {
    const aws = awsWith({})

    const labels = readLabels(OPTIONS, 's3://acme-gt/out', aws, { signal: AbortSignal.abort(REASON) })

    await expect(collect(labels)).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    expect(aws.calls).toStrictEqual([])
  })

  it('ends collecting between two labels', async () => {
    const stop = new AbortController()
    let isClosed = false
    async function* labels() {
      try {
        yield* readLabels(OPTIONS, [LINE])
        stop.abort(REASON)
        for (;;) yield* readLabels(OPTIONS, [LINE])
      } finally {
        isClosed = true
      }
    }

    await expect(collect(labels(), { signal: stop.signal })).rejects.toMatchObject({
      code: 'aborted',
      message: 'Cannot collect labels: its signal was aborted.',
      cause: REASON,
    })
    await setImmediate()
    expect(isClosed).toBe(true)
  })

  it('ends writing a manifest while an object is awaited, and nothing is put', async () => {
    const stop = new AbortController()
    const aws = awsPutting()
    async function* objects() {
      yield { 'source-ref': 's3://acme-gt/in/1.jpg' }
      stop.abort(REASON)
      await new Promise(() => {})
    }

    const writing = writeManifest(objects(), 's3://acme-gt/in/a.manifest', aws, {
      task: 'bounding-box',
      signal: stop.signal,
    })

    await expect(writing).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    expect(aws.calls).toStrictEqual([])
  })

  it('ends looking up the key of what is written', async () => {
    const aws = awsPutting()

    const writing = writeManifest([], 's3://acme-gt/in/a.manifest', aws, {
      task: 'bounding-box',
      key: 'alias/gt-output',
      signal: AbortSignal.abort(REASON),
    })

    await expect(writing).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    expect(aws.calls).toStrictEqual([])
  })

  it('that is not aborted changes nothing, errors of the source included', async () => {
    const { signal } = new AbortController()
    let isClosed = false
    function* items<Item>(first: Item, second: Item) {
      try {
        yield first
        yield second
        throw REASON
      } finally {
        isClosed = true
      }
    }
    const seen: number[] = []
    const label = { status: 'unlabeled' }

    for await (const item of endOnAbort([1, 2], signal, '')) seen.push(item)
    for await (const item of endOnAbort(items(1, 2), signal, '')) {
      seen.push(item)
      break
    }

    expect(seen).toStrictEqual([1, 2, 1])
    expect(isClosed).toBe(true)
    await expect(collect(endOnAbort(items(label, label) as never, signal, ''))).rejects.toBe(REASON)
  })
})
