import type { Aws, CallOptions } from '../../aws/aws.js'
import { readAnew } from '../../manifests/read/read-anew.js'
import { isSignal, refuseOdd } from '../../running/check-options.js'
import { makeShown } from '../../show/shown.js'
import type { ExpectedKeys } from '../declared/expected-keys.js'
import { lookUpKeysAnew } from '../declared/look-up-keys-anew.js'
import type { EvidenceData, EvidenceRecord } from './evidence-record.js'
import { objectsAsCsv } from './objects-csv.js'
import { recordAsAsff } from './record-asff.js'
import { jobsAsCsv } from './record-csv.js'
import { recordAsHtml, recordAsSection } from './record-html.js'
import { recordAsMarkdown } from './record-markdown.js'
import { standingOfJob, verdictOfRecord, worstFirst } from './record-words.js'

/** Gives a record its faces. The connection stays with it: objects are asked for anew. */
export function makeRecord(data: EvidenceData, expected: ExpectedKeys, aws: Aws): EvidenceRecord {
  const jobs = data.jobs.map(({ job }) =>
    job.kind === 'job' ? { name: job.name } : { name: job.name, why: job.error.why },
  )
  const { versions } = data.scope
  const record = makeShown<EvidenceData, EvidenceData>(data, {
    text: () =>
      [
        verdictOfRecord(data),
        ...worstFirst(data.jobs).map((each) => `  ${standingOfJob(each)}  ${each.job.name}${codesOf(each)}`),
        `  SHA-256 ${data.sha256}`,
      ].join('\n'),
    markdown: () => recordAsMarkdown(data),
    html: () => recordAsHtml(data),
    section: () => recordAsSection(data),
  })
  return withMethods(record, {
    toCsv: () => jobsAsCsv(data),
    // Asked anew by each loop.
    objectsCsv: (options: CallOptions = {}) => {
      refuseOdd('objectsCsv', options, { signal: isSignal })
      const which = { jobs, expected, versions }
      return readAnew(() => objectsAsCsv(which, lookUpKeysAnew(aws), options), 'lines of CSV')
    },
    toAsff: () => ({ [Symbol.iterator]: () => recordAsAsff(data) }),
  })
}

function codesOf({ job }: EvidenceData['jobs'][number]): string {
  const codes = job.kind === 'job' ? job.findings.map(({ code }) => code) : [job.error.code]
  return codes.length === 0 ? '' : `: ${codes.join(', ')}`
}

/** Adds methods that, as the faces, are not part of the data. */
function withMethods<Value extends object, Methods extends object>(
  value: Value,
  methods: Methods,
): Value & Methods {
  const all = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(value))
  for (const [name, method] of Object.entries(methods)) Object.defineProperty(all, name, { value: method })
  return Object.freeze(all)
}
