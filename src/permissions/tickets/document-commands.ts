import type { ShellCommand } from '../../show/shell-command.js'
import type { TicketStep } from '../../show/ticket.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import { asciiJson } from '../policy/statement-as-code.js'

/** A policy that AWS gives and takes as a whole. */
export interface PolicyAddress {
  /** Begins the names of the files that it is kept in meanwhile. */
  readonly file: string
  /** Prints the policy. */
  readonly read: readonly string[]
  /** Takes the policy; the file stands at its end. */
  readonly write: readonly string[]
  /** What to do where there may be none. */
  readonly optional?: {
    /** In words, how that shows. */
    readonly orEmpty: string
    /** Takes the policy away: AWS takes none without a statement. */
    readonly remove: readonly string[]
  }
}

/** The policy of a key. */
export function keyPolicyAddress(keyArn: string): PolicyAddress {
  const key = ['--region', regionOf(keyArn), '--key-id', keyArn, '--policy-name', 'default']
  return {
    file: 'key-policy',
    read: ['aws', 'kms', 'get-key-policy', ...key, '--query', 'Policy', '--output', 'text'],
    write: ['aws', 'kms', 'put-key-policy', ...key, '--policy'],
  }
}

/** The policy of a bucket. */
export function bucketPolicyAddress(bucket: string): PolicyAddress {
  return {
    file: 'bucket-policy',
    read: ['aws', 's3api', 'get-bucket-policy', '--bucket', bucket, '--query', 'Policy', '--output', 'text'],
    write: ['aws', 's3api', 'put-bucket-policy', '--bucket', bucket, '--policy'],
    optional: {
      orEmpty: 'If that says NoSuchBucketPolicy, begin with an empty one:',
      remove: ['aws', 's3api', 'delete-bucket-policy', '--bucket', bucket],
    },
  }
}

/** The policy of a topic. */
export function topicPolicyAddress(topicArn: string): PolicyAddress {
  const topic = ['--region', regionOf(topicArn), '--topic-arn', topicArn]
  return {
    file: 'topic-policy',
    read: [
      'aws',
      'sns',
      'get-topic-attributes',
      ...topic,
      '--query',
      'Attributes.Policy',
      '--output',
      'text',
    ],
    write: [
      'aws',
      'sns',
      'set-topic-attributes',
      ...topic,
      '--attribute-name',
      'Policy',
      '--attribute-value',
    ],
  }
}

/** How one statement of a policy is to be changed; every other one stays as it is. */
export interface StatementEdit {
  readonly sid: string
  /** `undefined`: it goes. */
  readonly statement: PolicyStatement | undefined
  /** Unique ids of deleted principals that go out of Allow statements. */
  readonly removedPrincipals?: readonly string[]
  /** Take white space out before it is written. */
  readonly compact?: boolean
}

/** Gives the commands that change one statement of a policy as it stands then: read, edit, look, write. */
export function editSteps(address: PolicyAddress, edit: StatementEdit): readonly TicketStep[] {
  const { file, read, write, optional } = address
  const [before, after, small] = [`${file}.json`, `${file}.new.json`, `${file}.small.json`]
  const written = edit.compact === true ? small : after
  const begin = edit.statement === undefined ? undefined : optional?.orEmpty
  const end = edit.statement === undefined ? optional?.remove : undefined
  return [
    ...(begin === undefined ? [] : ['Read it:']),
    // Laid out by jq both times, so that the difference is the change alone.
    { run: read, pipeTo: ['jq', '.'], into: before },
    ...(begin === undefined
      ? []
      : [
          begin,
          {
            run: ['printf', '%s', '{"Version":"2012-10-17","Statement":[]}'],
            pipeTo: ['jq', '.'],
            into: before,
          },
          'Edit it, and look at the difference:',
        ]),
    { run: jqCommand(edit, before), into: after },
    { run: ['diff', before, after] },
    'If that is the change and nothing else, write it:',
    ...(edit.compact === true ? [{ run: ['jq', '-c', '.', after], into: small }] : []),
    { run: [...write, `file://${written}`] },
    ...(end === undefined
      ? []
      : ['If no statement is left, take the policy away in place of that:', { run: end }]),
  ]
}

/** Gives the command that shows a statement of a policy, by its Sid or, where it has none, by its place as `#0`. */
export function showStatement({ read }: PolicyAddress, sid: string): ShellCommand {
  const place = /^#(\d+)$/.exec(sid)?.[1]
  if (place !== undefined)
    return {
      run: read,
      pipeTo: ['jq', '--argjson', 'place', place, '[[.Statement] | flatten(1) | .[$place]]'],
    }
  return {
    run: read,
    pipeTo: ['jq', '--arg', 'sid', sid, '[.Statement] | flatten(1) | map(select(.Sid == $sid))'],
  }
}

function jqCommand(
  { sid, statement, removedPrincipals = [] }: StatementEdit,
  file: string,
): readonly string[] {
  const hasRemoved = removedPrincipals.length > 0
  const program = [
    '.Statement = ([.Statement] | flatten(1)',
    ...(hasRemoved ? [WITHOUT_REMOVED] : []),
    statement === undefined ? 'map(select(.Sid != $sid)))' : REPLACE_OR_ADD,
  ].join(' | ')
  return [
    'jq',
    '--arg',
    'sid',
    sid,
    ...(statement === undefined ? [] : ['--argjson', 'statement', asciiJson(statement)]),
    ...(hasRemoved ? ['--argjson', 'removed', asciiJson(removedPrincipals)] : []),
    program,
    file,
  ]
}

/** In its place when there is one of the Sid, else at the end. */
const REPLACE_OR_ADD =
  'if any(.[]; .Sid == $sid) then map(if .Sid == $sid then $statement else . end) else . + [$statement] end)'

/** An Allow that names nobody else goes as a whole. */
const WITHOUT_REMOVED = /* @__PURE__ */ [
  'map(if .Effect == "Allow" and (.Principal | type) == "object" and .Principal.AWS != null',
  'then .Principal.AWS |= ([.] | flatten(1) | map(select(IN($removed[]) | not)) | if length == 1 then .[0] else . end) else . end)',
  '| map(select(.Principal != {"AWS": []}))',
].join(' ')

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}
