import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect } from '../../../src/manifests/overview/collect.js'
import { inspectManifest } from '../../../src/manifests/overview/inspect-manifest.js'
import { rows } from '../../../src/manifests/overview/rows.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { TASK_NAMES } from '../../../src/tasks/task-kinds.js'
import { runs } from '../../support/runs.js'
import { awsHolding } from '../aws-holding.js'
import { randomManifest } from '../random-lines.js'

describe('any manifest', () => {
  it.each(TASK_NAMES)('of %s is read as it was written, and its counts are those of its lines', (task) =>
    fc.assert(
      fc.asyncProperty(randomManifest(task), async (lines) => {
        const files = lines.flatMap(({ file }) =>
          file === undefined ? [] : [[file.uri, file.bytes] as const],
        )
        const { aws } = awsHolding(Object.fromEntries(files))
        const text = lines.map((line) => `${line.text}\r\n\n`).join('')
        const labels = readLabels({ task, attribute: 'a', onBadLine: 'report' }, [text], aws)

        const read = await all(labels)
        const collected = await collect(labels)
        const inspection = await inspectManifest([text])
        const table = await all(rows(labels))

        const count = (status: string) => lines.filter((line) => line.status === status).length
        expect(read.map((label) => [label.status, label.lineNumber])).toStrictEqual(
          lines.map((line, at) => [line.status, 2 * at + 1]),
        )
        for (const [at, { content }] of lines.entries()) expect(read[at]).toMatchObject(content)
        expect(collected).toMatchObject({
          objects: lines.length - count('unreadable'),
          labeled: count('labeled'),
          failed: count('failed'),
          unlabeled: count('unlabeled'),
          unreadable: count('unreadable'),
        })
        expect(new Map([...collected.classes].sort())).toStrictEqual(
          new Map(countEach(lines.flatMap((line) => line.classes)).sort()),
        )
        expect(inspection).toMatchObject({
          objects: collected.objects,
          unreadable: collected.unreadable,
        })
        expect(table.map((row) => row['lineNumber'])).toStrictEqual(
          lines.flatMap((line, at) => Array(line.rows).fill(2 * at + 1)),
        )
      }),
      { numRuns: runs(200) },
    ),
  )
})

function countEach(names: readonly (string | undefined)[]): [string, number][] {
  const distinct = [...new Set(names)]
  return distinct.map((name) => [name ?? '(unnamed)', names.filter((other) => other === name).length])
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
