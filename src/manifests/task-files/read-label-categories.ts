import type { Aws, CallOptions } from '../../aws/aws.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall } from '../../errors/refused-call.js'
import { isTooDeep, TOO_DEEP } from '../../json/is-too-deep.js'
import { isObject, type JsonObject } from '../../json/json.js'
import { readObject } from '../read/read-object.js'
import { rulesBroken } from '../write/rules-broken.js'
import { checksOf, itemsOf } from './category-rules.js'
import { type CategoryForm, type LabelCategories, labelCategoriesOf } from './label-categories-file.js'

/**
 * Reads a label category file of any of the three forms, also one that this library did not make: from its text, or
 * from S3. Only what gives the classes is checked, so that a file of an older job is read whatever the rules of today.
 *
 * IAM actions of the caller, for a file in S3: `s3:GetObject` on it, and `kms:Decrypt` on the key it is encrypted with.
 *
 * @throws LabelingJobError `label-categories-invalid` for what is no such file.
 * @throws LabelingJobError `not-found`, `access-denied` and the other codes of AWS; `aborted` once `signal` is aborted.
 * @example
 * const { classes } = await readLabelCategories('{"document-version": "2018-11-28", "labels": [{"label": "stop"}]}')
 */
export async function readLabelCategories(
  source: string,
  aws?: Aws,
  options: CallOptions = {},
): Promise<LabelCategories> {
  if (typeof source !== 'string') throw refusedCall(CALL, 'it was given neither an S3 address nor a text')
  refuseUnknownOptions({ call: CALL, what: WHAT }, options, ['signal'])
  const text = source.startsWith('s3://') ? await fetchText(source, aws, options) : source
  const contents = parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  return labelCategoriesOf(formOf(contents), JSON.stringify(contents, undefined, 2))
}

const CALL = 'readLabelCategories'
const WHAT = 'Cannot read the label categories'
const rules = checksOf('sms-label-cat-config-attributes.html')

async function fetchText(uri: string, aws: Aws | undefined, options: CallOptions): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of readObject({ call: CALL, kind: 'the label categories' }, uri, aws, options)) {
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parse(text: string): JsonObject {
  const isDeep = isTooDeep(text)
  const contents = isDeep ? undefined : parseJson(text)
  const { labels } = isObject(contents) ? contents : {}
  const problems =
    contents === undefined
      ? [
          rules.broken(
            'not-json',
            '',
            isDeep ? TOO_DEEP : 'it is not JSON',
            'A label category file is a JSON object',
          ),
        ]
      : isObject(contents)
        ? [
            ...rules.array('labels', labels, 1, Infinity),
            ...itemsOf(labels).flatMap((label, index) =>
              isObject(label)
                ? rules.text(`labels[${index}].label`, label['label'], 1, Infinity)
                : rules.object(`labels[${index}]`, label, []),
            ),
          ]
        : rules.object('', contents, [])
  if (problems.length === 0) return contents as JsonObject
  const why = `it is no label category file, in ${problems.length === 1 ? 'one place' : `${problems.length} places`}`
  throw rulesBroken({ code: 'label-categories-invalid', what: WHAT, why }, problems)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const OF_FRAMES = ['frameAttributes', 'categoryGlobalAttributes', 'annotationType', 'auditLabelAttributeName']

/** AWS spells the version of the form of frames in two ways, and files of the other forms may carry none. */
function formOf(contents: JsonObject): CategoryForm {
  const version = contents['documentVersion'] ?? contents['document-version']
  if (version === '2020-03-01' || OF_FRAMES.some((key) => Object.hasOwn(contents, key))) return 'frames'
  return contents['instructions'] === undefined ? 'simple' : 'entities'
}
