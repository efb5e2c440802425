import type { LabeledObject, Line } from './label.js'

/** How many objects of a manifest are labeled, by whom, and as what. */
export interface LabelSummary {
  /** Lines that could be read. */
  readonly objects: number
  readonly labeled: number
  /** Labeled by workers. */
  readonly human: number
  /** Labeled by automated labeling. */
  readonly machine: number
  readonly failed: number
  readonly unlabeled: number
  readonly unreadable: number
  /**
   * How often each class was given, most frequent first: classes and verdicts once an object, boxes and spans once
   * each, sequences once for each class that occurs. Masks are left out: their maps name colors, not what is there.
   */
  readonly classes: ReadonlyMap<string, number>
  /** A few lines for people. */
  toString(): string
}

/** Counts the labels of a manifest; give it what `readLabels` yields. */
export async function labelSummary(labels: AsyncIterable<Line> | Iterable<Line>): Promise<LabelSummary> {
  const counts = { labeled: 0, failed: 0, unlabeled: 0, unreadable: 0 }
  const classes = new Map<string, number>()
  let human = 0
  let machine = 0
  for await (const label of labels) {
    counts[label.status] += 1
    if (label.status !== 'labeled') continue
    if (label.humanAnnotated === true) human += 1
    if (label.humanAnnotated === false) machine += 1
    for (const name of classesOf(label)) classes.set(name, (classes.get(name) ?? 0) + 1)
  }
  const summary = {
    objects: counts.labeled + counts.failed + counts.unlabeled,
    ...counts,
    human,
    machine,
    classes: new Map([...classes].sort(byCount)),
  }
  return Object.freeze({ ...summary, toString: () => inWords(summary) })
}

/** The classes a label gives, one entry for each time; `(unnamed)` where the line has no name for a class. */
function classesOf(label: LabeledObject): readonly string[] {
  if ('boxes' in label) return label.boxes.map((box) => box.className ?? UNNAMED)
  if ('cuboids' in label) return label.cuboids.map((cuboid) => cuboid.className ?? UNNAMED)
  if ('entities' in label) return label.entities.map((entity) => entity.className)
  if ('classes' in label) return label.classes.map((chosen) => chosen.className ?? UNNAMED)
  if ('classMap' in label) return Object.values(label.classMap)
  if ('className' in label) return [label.className ?? UNNAMED]
  return []
}

const UNNAMED = '(unnamed)'

function byCount([oneName, one]: [string, number], [otherName, other]: [string, number]): number {
  return other - one || (oneName < otherName ? -1 : 1)
}

function inWords(summary: Omit<LabelSummary, 'toString'>): string {
  const { objects, labeled, human, machine, failed, unlabeled, unreadable, classes } = summary
  const unsaid = labeled - human - machine
  const by = [
    [human, 'by people'],
    [machine, 'by machine'],
    [unsaid, 'not said by whom'],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, who]) => `${count} ${who}`)
  const lines = [
    `${objects} objects: ${labeled} labeled${by.length === 0 ? '' : ` (${by.join(', ')})`}, ${failed} failed, ${unlabeled} unlabeled`,
    ...(unreadable === 0 ? [] : [`${unreadable} unreadable`]),
    ...[...classes].map(([name, count]) => `  ${name}: ${count}`),
  ]
  return lines.join('\n')
}
