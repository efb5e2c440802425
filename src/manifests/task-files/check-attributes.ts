import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { isObject, type JsonObject } from '../../json/json.js'
import { checksOf, itemsOf } from './category-rules.js'

const rules = checksOf('sms-label-cat-config-attributes.html')

const KNOWN = ['name', 'type', 'description', 'enum', 'minimum', 'maximum', 'isRequired', 'editsAllowed']

/** Lists what is wrong with a list of attributes, of frames or of categories. */
export function attributeListProblems(
  path: string,
  attributes: unknown,
  of: 'frame' | 'category',
): readonly Problem[] {
  const items = itemsOf(attributes)
  const free = items.filter(
    (item) => isObject(item) && item['type'] === 'string' && item['enum'] === undefined,
  )
  return [
    ...rules.array(path, attributes, 0, of === 'frame' ? 10 : Infinity),
    ...items.flatMap((item, index) => attributeProblems(`${path}[${index}]`, item, of)),
    ...(of === 'frame' && free.length > 5
      ? [
          rules.broken(
            'too-much-free-text',
            path,
            `it has ${free.length} attributes of free text`,
            'It may have 5 of free text',
          ),
        ]
      : []),
    ...(of === 'frame'
      ? rules.unique(
          path,
          items.map((item) => isObject(item) && item['name']),
          'name of a frame attribute',
        )
      : []),
  ]
}

/** Lists what is wrong with `editsAllowed`, of a label or of an attribute. */
export function editsProblems(path: string, edits: unknown): readonly Problem[] {
  return edits === undefined ? [] : rules.oneOf(`${path}.editsAllowed`, edits, ['any', 'none'])
}

function attributeProblems(path: string, attribute: unknown, of: 'frame' | 'category'): readonly Problem[] {
  const shape = rules.object(path, attribute, KNOWN)
  if (!isObject(attribute)) return shape
  const { name, type, description, isRequired, editsAllowed } = attribute
  return [
    ...shape,
    ...rules.text(`${path}.name`, name, 1, 16),
    ...rules.oneOf(`${path}.type`, type, ['string', 'number']),
    ...(description === undefined && of === 'category'
      ? []
      : rules.text(`${path}.description`, description, 0, 128)),
    ...(isRequired === undefined ? [] : rules.boolean(`${path}.isRequired`, isRequired)),
    ...editsProblems(path, editsAllowed),
    ...choiceProblems(path, attribute),
    ...numberProblems(path, attribute),
  ]
}

function choiceProblems(path: string, attribute: JsonObject): readonly Problem[] {
  const { type, enum: choices } = attribute
  const at = `${path}.enum`
  if (choices === undefined) return []
  return [
    ...(type === 'number'
      ? [
          rules.broken(
            'enum-of-number',
            at,
            'it is given for a number',
            'Only an attribute of type string has choices',
          ),
        ]
      : []),
    ...rules.array(at, choices, 1, 10),
    ...itemsOf(choices).flatMap((choice, index) => rules.text(`${at}[${index}]`, choice, 1, 16)),
    ...rules.unique(at, itemsOf(choices), 'choice'),
  ]
}

function numberProblems(path: string, attribute: JsonObject): readonly Problem[] {
  const { type, minimum, maximum } = attribute
  const ends = [
    ['minimum', minimum],
    ['maximum', maximum],
  ] as const
  if (type !== 'number')
    return ends
      .filter(([, end]) => end !== undefined)
      .map(([name]) =>
        rules.broken(
          'range-of-string',
          `${path}.${name}`,
          'it is given for a string',
          `Only an attribute of type number has a ${name}`,
        ),
      )
  const wrong = ends
    .filter(([, end]) => !Number.isSafeInteger(end))
    .map(([name, end]) =>
      rules.broken(
        'range-missing',
        `${path}.${name}`,
        end === undefined
          ? 'it is missing'
          : typeof end === 'number'
            ? `it is ${end}`
            : `it is ${formatValue(end)}`,
        'A number needs a whole minimum and maximum',
      ),
    )
  if (wrong.length > 0 || (minimum as number) <= (maximum as number)) return wrong
  return [
    rules.broken(
      'range-turned',
      path,
      `its minimum is ${minimum}, its maximum ${maximum}`,
      'The minimum may not be the greater',
    ),
  ]
}
