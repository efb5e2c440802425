import type { CallOptions } from '../../aws/aws.js'
import { eachAsItComes } from '../../aws/each-as-it-comes.js'
import { countOf } from '../../errors/count-of.js'
import { printable } from '../../errors/printable.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import type { JsonObject } from '../../json/json.js'
import { makeShown, type Shown } from '../../show/shown.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { refuseNoLabel, refuseNoLabels } from '../read/is-many.js'
import type { Lines } from '../read/label.js'
import { isOnlyLabeled } from '../read/only-labeled.js'
import { unlessUsedUp } from '../read/unless-used-up.js'
import { type FailureGroup, groupFailures } from './group-failures.js'
import { hasFile, type LabelTally, type LabelWithFile, tallyFile, tallyLine } from './tally-label.js'

/** What a manifest comes to: how many objects are labeled, by whom and as what, and why others are not. */
export interface Collected extends Shown<JsonObject> {
  /** Lines that could be read. */
  readonly objects: number
  readonly labeled: number
  /** Labeled by workers. */
  readonly human: number
  /** Labeled by automated labeling. */
  readonly machine: number
  /** Of what `labels()` gives there is none, whatever failed: `lines()` gives all. */
  readonly failed: number
  readonly unlabeled: number
  readonly unreadable: number
  /** Parts of the frames of sequences that cannot be read: boxes without a height for instance. They are in no class. */
  readonly unreadableParts: number
  /** Pixels of image masks whose color is of no class of the mask, or of several. */
  readonly unknownPixels: number
  /**
   * How often each class was given, most frequent first: classes and verdicts once an object, boxes, spans and the
   * objects of each frame once each, the classes of a mask once where they occur. Of what was not fetched only the
   * classes of sequences are known, once each; the map of a mask names colors, not what is there.
   */
  readonly classes: ReadonlyMap<string, number>
  /** Failed objects by reason, the most frequent first. */
  readonly failures: readonly FailureGroup[]
  /** How many images there are of each size in pixels, for instance `1280x720`, where labels tell it. */
  readonly sizes: ReadonlyMap<string, number>
  /**
   * How many classes, boxes, spans and masks have a confidence from 0 to 0.1, from 0.1 to 0.2 and so on: ten counts.
   * A confidence that is not known is not counted.
   */
  readonly confidence: readonly number[]
}

/** How to collect. */
export interface CollectOptions extends CallOptions {
  /** `false` leaves masks and sequences unread, which lie in objects of their own. Default: `true`. */
  readonly files?: boolean
}

/**
 * Counts the labels of a manifest in one pass; give it what `readLabels` yields. Masks and the frames of sequences are
 * fetched, up to sixteen at once, where the manifest was read with a connection; image masks need the package `fast-png`.
 *
 * @throws LabelingJobError `refused-call` for what is no labels, `client-missing` without `fast-png`, and what `mask()`
 * and `frames()` of a label throw.
 * @throws LabelingJobError `aborted` once `signal` is aborted, and what reading the labels throws.
 * @example
 * const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * const { labeled, failures } = await collect(labels)
 */
export async function collect(labels: Lines, options: CollectOptions = {}): Promise<Collected> {
  refuseUnknownOptions({ call: 'collect', what: WHAT }, options, ['files', 'signal'])
  const { files = true, signal } = options
  refuseNoLabels('collect', labels)
  const counts = { labeled: 0, failed: 0, unlabeled: 0, unreadable: 0 }
  const classes = new Map<string, number>()
  const sizes = new Map<string, number>()
  const confidence = Array.from({ length: 10 }, () => 0)
  const failures = groupFailures()
  let human = 0
  let machine = 0
  let unreadableParts = 0
  let unknownPixels = 0
  const tally: LabelTally = {
    addClass: (name = UNNAMED) => count(classes, name),
    addConfidence: (part) => part !== undefined && addConfidence(confidence, part),
    addSize: (width, height) => count(sizes, `${width}x${height}`),
    addUnreadable(parts) {
      unreadableParts += parts
    },
    addUnknownPixels(pixels) {
      unknownPixels += pixels
    },
  }
  async function* labelsWithFiles(): AsyncGenerator<LabelWithFile, void> {
    for await (const label of endOnAbort(
      unlessUsedUp(labels, { call: 'collect', what: WHAT }),
      signal,
      WHAT,
    )) {
      refuseNoLabel('collect', label)
      counts[label.status] += 1
      if (label.status === 'failed') failures.add(label.reason, label.lineNumber)
      if (label.status !== 'labeled') continue
      if (label.humanAnnotated === true) human += 1
      if (label.humanAnnotated === false) machine += 1
      if (files && hasFile(label)) yield label
      else tallyLine(label, tally)
    }
  }
  const fetch = (label: LabelWithFile) => tallyFile(label, tally, signal === undefined ? {} : { signal })
  for await (const _ of eachAsItComes(labelsWithFiles(), AT_ONCE, fetch));
  const data = {
    objects: counts.labeled + counts.failed + counts.unlabeled,
    ...counts,
    unreadableParts,
    unknownPixels,
    human,
    machine,
    classes: mostFrequentFirst(classes),
    failures: Object.freeze(failures.end()),
    sizes: mostFrequentFirst(sizes),
    confidence: Object.freeze(confidence),
  }
  return makeShown(data, { text: () => inWords(data, isOnlyLabeled(labels)), json: () => asJson(data) })
}

const WHAT = 'Cannot collect labels'
const AT_ONCE = 16
const UNNAMED = '(unnamed)'

function addConfidence(counts: number[], confidence: number): void {
  const index = Math.min(Math.floor(confidence * 10), 9)
  if (index >= 0) counts[index] = (counts[index] ?? 0) + 1
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function mostFrequentFirst(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map(
    [...counts].sort(
      ([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1),
    ),
  )
}

type Data = Omit<Collected, keyof Shown<JsonObject>>

function asJson({ classes, failures, sizes, confidence, ...counts }: Data): JsonObject {
  return {
    ...counts,
    classes: Object.fromEntries(classes),
    failures: failures.map((group) => ({ ...group })),
    sizes: Object.fromEntries(sizes),
    confidence,
  }
}

function inWords(
  {
    objects,
    labeled,
    human,
    machine,
    failed,
    unlabeled,
    unreadable,
    unreadableParts,
    unknownPixels,
    classes,
    failures,
  }: Data,
  onlyLabeled: boolean,
): string {
  const others = onlyLabeled
    ? '; labels() leaves out those that failed or have no label, collect(….lines()) counts them'
    : `, ${failed} failed, ${unlabeled} unlabeled`
  const unsaid = labeled - human - machine
  const by = [
    [human, 'by people'],
    [machine, 'by machine'],
    [unsaid, 'not said by whom'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, who]) => `${number} ${who}`)
  return [
    `${countOf(objects, 'object')}: ${labeled} labeled${by.length === 0 ? '' : ` (${by.join(', ')})`}${others}`,
    ...(unreadable === 0 ? [] : [`${unreadable} unreadable`]),
    ...(unreadableParts === 0 ? [] : [`${countOf(unreadableParts, 'part')} of frames unreadable`]),
    ...(unknownPixels === 0 ? [] : [`${countOf(unknownPixels, 'pixel')} of masks have colors of no class`]),
    ...shortened([...classes].map(([name, number]) => `${name}: ${number}`)),
    ...(failures.length === 0 ? [] : ['failed because']),
    ...shortened(failures.map(({ reason, count: number }) => `${number} × ${reason}`)),
  ].join('\n')
}

const SHOWN = 20

function shortened(lines: readonly string[]): readonly string[] {
  const more = lines.length - SHOWN
  const shown = lines.slice(0, SHOWN).map(printable)
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `  ${line}`)
}
