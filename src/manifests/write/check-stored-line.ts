import type { Problem } from '../../errors/problem.js'
import { asRecord, type JsonRecord } from '../../json/loose-values.js'
import type { TaskName } from '../../tasks/task-table.js'
import { checkManifestLine, lineProblems } from './check-manifest-line.js'
import { broken } from './manifest-rules.js'
import { topLevelFields } from './top-level-fields.js'

/** A line of a manifest that is there already: its object, when it has one, and the rules it breaks. */
export interface StoredLine {
  readonly object: JsonRecord | undefined
  readonly problems: readonly Problem[]
}

/** Checks a line as it stands in a manifest; `undefined` is a line that is not UTF-8. */
export function checkStoredLine(
  line: string | undefined,
  task: TaskName,
  attribute: string | undefined,
): StoredLine {
  if (line === undefined)
    return { object: undefined, problems: [broken('line-not-utf-8', '', 'it has bytes that are none')] }
  const hasMark = line.startsWith(BYTE_ORDER_MARK)
  const text = hasMark ? line.slice(1) : line
  const parsed = parse(text)
  if (parsed === undefined)
    return { object: undefined, problems: [broken('line-not-json', '', 'it is not JSON')] }
  const object = asRecord(parsed)
  if (object === undefined) return { object, problems: checkManifestLine(parsed, task, attribute).problems }
  const mark = hasMark ? [broken('line-byte-order-mark', '', 'it begins with a byte order mark')] : []
  return {
    object,
    problems: [...mark, ...repeatedKeys(text), ...lineProblems(object, text, task, attribute)],
  }
}

function repeatedKeys(text: string): readonly Problem[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { key } of topLevelFields(text)) {
    if (seen.has(key)) repeated.add(key)
    seen.add(key)
  }
  return [...repeated].map((key) => broken('key-twice', key, 'it is there more than once'))
}

const BYTE_ORDER_MARK = '\uFEFF'

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
