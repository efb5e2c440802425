import type { LabelingJobError } from '../../running/error-data.js'
import { makeShown, type Shown } from '../../show/shown.js'
import type { DeclaredKeys } from '../declared/declared-keys.js'
import type { Finding } from '../declared/find-findings.js'
import type { JobInspection } from '../declared/inspect-job.js'
import type { KeyStanding, LookedUpKey } from '../declared/key-standing.js'

/** One job of an audit: what it declares and how its keys stand, or why it could not be looked at. */
export type AuditedJob = InspectedJob | UnreadableJob

/** What a job declares, and how the keys that it names stand today. */
export interface InspectedJob extends JobInspection {
  readonly kind: 'job'
  readonly autoLabeling: boolean
  /** The keys that the job names, each looked up once; absent: the job names none. */
  readonly keys: { readonly output?: KeyStanding; readonly volume?: KeyStanding }
  /**
   * What is wrong; empty when nothing is. Without the option `objects` it is about what the job declares, which is no
   * proof of what its objects are under.
   */
  readonly findings: readonly Finding[]
}

/** A job that could not be looked at. */
export interface UnreadableJob extends Shown<object> {
  readonly kind: 'unreadable'
  readonly name: string
  readonly error: LabelingJobError
}

/** Gives a job that was looked at its faces. */
export function makeInspectedJob(
  inspection: Omit<JobInspection, keyof Shown<object>>,
  { autoLabeling, output, volume }: DeclaredKeys,
  findings: readonly Finding[],
): InspectedJob {
  const { name, createdAt } = inspection
  const keys = { ...(output && { output: output.key }), ...(volume && { volume: volume.key }) }
  return makeShown(
    {
      ...inspection,
      kind: 'job' as const,
      autoLabeling,
      keys: Object.freeze(keys),
      findings: Object.freeze(findings),
    },
    {
      text: () => {
        const line = [
          createdAt?.toISOString().slice(0, 10) ?? 'undated',
          name,
          `output ${describeKey(output)}`,
          autoLabeling ? `volume ${describeKey(volume)}` : 'no automated labeling',
        ].join('  ')
        return [line, ...findings.map(({ severity, what, why }) => `  ${severity}: ${what}: ${why}`)].join(
          '\n',
        )
      },
    },
  )
}

/** Gives a job that could not be looked at its faces. */
export function makeUnreadableJob(name: string, error: LabelingJobError): UnreadableJob {
  return makeShown(
    { kind: 'unreadable' as const, name, error },
    { text: () => `unreadable  ${name}  ${error.message}` },
  )
}

function describeKey(lookedUp: LookedUpKey | undefined): string {
  if (lookedUp === undefined) return 'under a key of AWS'
  const { given, standing } = lookedUp.key
  if (standing === 'usable') return `declared under ${given}`
  return standing === 'aws-managed'
    ? `under a key of AWS (${given})`
    : `declared under ${given} (${standing})`
}
