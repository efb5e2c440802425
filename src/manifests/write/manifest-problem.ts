import { LabelingJobError } from '../../errors/labeling-job-error.js'

/** One broken rule of an input manifest or a sequence file. */
export interface ManifestProblem {
  /** Stable name of the rule, for instance `line-too-long`. */
  readonly code: string
  /** `error`: AWS refuses or cannot read it. `warning`: AWS may take it, but probably not as meant. */
  readonly severity: 'error' | 'warning'
  /** The line, counted from 1; absent for rules about the manifest as a whole and for sequence files. */
  readonly line?: number
  /** The key, for instance `source-ref` or `frames[3].frame`; empty for the whole. */
  readonly path: string
  /** What is there; never the contents of an object. */
  readonly what: string
  /** The rule that stands against it. */
  readonly why: string
  /** What to do. */
  readonly fix: string
  /** The AWS page the rule comes from. */
  readonly source: string
}

/** The problems of a manifest, and how many there are when they are too many to list. */
export interface InvalidManifestData {
  /** The first 100. */
  readonly problems: readonly ManifestProblem[]
  /** All of them. */
  readonly count: number
}

/** Thrown when a manifest or a sequence file breaks rules of Ground Truth; `data.problems` lists them. */
export class InvalidManifestError extends LabelingJobError<InvalidManifestData> {
  constructor(what: string, problems: readonly ManifestProblem[], count: number = problems.length) {
    const shown = problems.slice(0, SHOWN).map((problem) => `\n- ${describeManifestProblem(problem)}`)
    super({
      code: 'manifest-invalid',
      what,
      why: `it breaks rules of Ground Truth in ${count === 1 ? 'one place' : `${count} places`}`,
      fix: `${shown.join('')}${count > SHOWN ? `\n- and ${count - SHOWN} more` : ''}`,
      data: { problems, count },
    })
  }
}

/** Gives a problem as one line for people: where, what, why, what to do. */
export function describeManifestProblem({ line, path, what, why, fix }: ManifestProblem): string {
  const where = [...(line === undefined ? [] : [`line ${line}`]), ...(path === '' ? [] : [path])].join(', ')
  return `${where === '' ? '' : `${where}: `}${what}. ${why}. ${fix}.`
}

const SHOWN = 10
