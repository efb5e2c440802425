import { plainMarkdown, withCommas } from '../../errors/printable.js'
import { deepFreeze } from '../../json/deep-freeze.js'
import { makeShown } from '../../show/shown.js'
import type { ObjectCount, Proof, ProofData } from './proof.js'

/** Gives a proof its faces. */
export function makeProof(proof: ProofData): Proof {
  return makeShown<ProofData, ProofData>(deepFreeze(proof), {
    text: () => proofAsText(proof),
    markdown: () => proofAsMarkdown(proof),
  })
}

/** What a standing means, for people. */
export const STANDING_WORDS: Readonly<Record<ObjectCount['standing'], string>> = {
  expected: 'under the expected key',
  'aws-key': 'under aws/s3, a key of AWS',
  'another-key': 'under another key',
  'not-kms': 'under no KMS key',
  unreadable: 'cannot be told',
}

/** Says in a few words what a proof comes to. */
function verdictOf({ ok, soFar, objects }: ProofData): string {
  const total = withCommas(objects.reduce((sum, { count }) => sum + count, 0))
  const so = soFar ? ' so far' : ''
  return ok
    ? `proven: all ${total} objects are under the expected key`
    : `not proven: of ${total} objects${so} ${withCommas(countOfStanding(objects, 'expected'))} are under the expected key`
}

const SHOWN = 20

/** A hundred objects by name would push the rest of a proof off the screen; `exceptions` has them. */
function firstOf<Item>(items: readonly Item[], line: (item: Item) => string): readonly string[] {
  const more = items.length - SHOWN
  return [...items.slice(0, SHOWN).map(line), ...(more > 0 ? [`and ${more} more in exceptions`] : [])]
}

function countOfStanding(objects: readonly ObjectCount[], standing: ObjectCount['standing']): number {
  return objects.filter((row) => row.standing === standing).reduce((sum, { count }) => sum + count, 0)
}

function proofAsText(proof: ProofData): string {
  const { job, at, declared, objects, volumes, exceptions, findings, unreadable, notProven } = proof
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)]
  return [
    `${job}: ${verdictOf(proof)}`,
    `  looked at ${at}; declared: output ${declared.outputKey ?? 'no key'}, volume ${declared.volumeKey ?? 'no key'}`,
    ...section('objects', objects.map(countLine)),
    ...section(
      'volumes',
      volumes.map(({ arn, kind, keyArn }) => `${kind} ${arn}: ${keyArn ?? 'no key, or none that is known'}`),
    ),
    ...section(
      'findings',
      findings.map(({ severity, code, what, why }) => `${severity} ${code}: ${what}: ${why}`),
    ),
    ...section(
      'not as expected',
      firstOf(
        exceptions,
        ({ uri, standing, keyArn }) => `${uri}: ${STANDING_WORDS[standing]}${keyArn ? ` (${keyArn})` : ''}`,
      ),
    ),
    ...section(
      'not read',
      unreadable.map(({ what, why }) => `${what}: ${why}`),
    ),
    ...section('not proven by anything that AWS shows', notProven),
  ].join('\n')
}

function countLine({ standing, keyArn, count, bytes }: ObjectCount): string {
  return `${withCommas(count)} (${withCommas(bytes)} bytes) ${STANDING_WORDS[standing]}${keyArn ? ` (${keyArn})` : ''}`
}

function proofAsMarkdown(proof: ProofData): string {
  const { job, at, declared, objects, volumes, exceptions, findings, unreadable, notProven } = proof
  const plain = plainMarkdown
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines.map((line) => `- ${line}`)]
  return [
    `## ${plain(job)}`,
    '',
    `${plain(verdictOf(proof))}. Looked at ${at}. Declared: output ${plain(declared.outputKey ?? 'no key')}, volume ${plain(declared.volumeKey ?? 'no key')}.`,
    '',
    '| objects | bytes | standing | key |',
    '| ---: | ---: | --- | --- |',
    ...objects.map(
      ({ standing, keyArn, count, bytes }) =>
        `| ${withCommas(count)} | ${withCommas(bytes)} | ${STANDING_WORDS[standing]} | ${plain(keyArn ?? '')} |`,
    ),
    ...list(
      'Storage volumes',
      volumes.map(
        ({ arn, kind, keyArn }) =>
          `${kind} ${plain(arn)}: ${plain(keyArn ?? 'no key, or none that is known')}`,
      ),
    ),
    ...list(
      'Findings',
      findings.map(
        ({ severity, code, what, why, fix }) =>
          `**${severity}** ${code}: ${plain(`${what}: ${why}. ${fix}`)}`,
      ),
    ),
    ...list(
      'Not as expected',
      firstOf(exceptions, ({ uri, standing }) => `${plain(uri)}: ${STANDING_WORDS[standing]}`),
    ),
    ...list(
      'Not read',
      unreadable.map(({ what, why }) => plain(`${what}: ${why}`)),
    ),
    ...list('Not proven by anything that AWS shows', notProven.map(plain)),
  ].join('\n')
}
