import type { Problem } from '../../errors/problem.js'
import { asRecord, type JsonRecord } from '../../json/loose-values.js'
import type { TaskName } from '../../tasks/task-table.js'
import { checkManifestLine } from './check-manifest-line.js'
import { broken } from './manifest-rules.js'

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
  const parsed = parse(hasMark ? line.slice(1) : line)
  if (parsed === undefined)
    return { object: undefined, problems: [broken('line-not-json', '', 'it is not JSON')] }
  const { problems } = checkManifestLine(parsed, task, attribute)
  const mark = hasMark ? [broken('line-byte-order-mark', '', 'it begins with a byte order mark')] : []
  return { object: asRecord(parsed), problems: [...mark, ...problems] }
}

const BYTE_ORDER_MARK = '\uFEFF'

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
