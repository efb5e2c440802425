import jsonata from 'jsonata'
import { describe, expect, test } from 'vitest'
import { refuseOddExpression } from '../../src/step-functions/expression.js'
import { findExpressionFault } from '../../src/step-functions/find-expression-fault.js'
import { labelingTask } from '../../src/step-functions/index.js'
import { boxes } from '../testing/sagemaker/labeling-world.js'

const region = 'us-east-1'
const REQUEST = boxes('arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab')

const READ = [
  '$states.input.name',
  "'signs-' & $states.input.date",
  '"a" & \'b\' & `c d`',
  '$states.input.items[0].name',
  '$states.input.items[-1]',
  '-$states.input.count',
  '1 + 2 * 3.5e-3 % 4',
  "$exists($states.input.name) ? $states.input.name : 'none'",
  "$states.input.name ?: 'none'",
  "$states.input.name ?? 'none'",
  '$join([$states.input.a, $states.input.b], "-")',
  '($x := $states.input.a; $y := 1; $x & $string($y))',
  '($x := 1; $x;)',
  '$map($states.input.list, function($item, $at) { $item.name & $at })',
  'λ($x){$x}(1)',
  'Account.Order.Product{`Product Name`: Price}',
  '$states.input.list^(>price, <name)[0].name',
  'a.*.b',
  'a.**.b',
  'a.%.b',
  'a.(b; c)',
  'a@$x.b#$y.c',
  '$substringBefore(?, "-")',
  '[1..5]',
  '[]',
  '{}',
  '$now()',
  'a and b or c in d',
  'and and or',
  'a.and',
  "$match('ab', /a\\/b/i)",
  'a ~> $uppercase() ~> $trim()',
  '$ ~> |Account.Order|{"a": 1}, ["b"]|',
  'function($x)<n-n:n>{ $x }(1)',
  "/* a comment ' */ 'x'",
  '"it\'s"',
  "'größe-' & größe",
  'a != b and a <= b',
]
const UNREAD = [
  "'a' &",
  "& 'a'",
  "'a' 'b'",
  'a b',
  "'a",
  '"a',
  '(a',
  'a)',
  '[a}',
  '$f(a,)',
  'a ? : ',
  'a +',
  '$x :=',
  '{"a": }',
  'a..',
]

describe('JSONata', () => {
  test.each(READ)('is read where its interpreter reads it: %s', (text) => {
    expect(() => jsonata(text)).not.toThrow()
    expect(findExpressionFault(`{% ${text} %}`, 'JSONata')).toBeUndefined()
  })

  test.each(UNREAD)('is refused where its interpreter refuses it: %s', (text) => {
    expect(() => jsonata(text)).toThrow()
    expect(findExpressionFault(`{% ${text} %}`, 'JSONata')).toEqual(expect.any(String))
  })

  test('names nothing when there is only a comment in it', () => {
    expect(findExpressionFault('{% /* soon */ %}', 'JSONata')).toBe('it names nothing')
  })
})

describe('JSONPath', () => {
  test.each([
    '$',
    '$.name',
    '$$.Execution.Name',
    "$['the name']",
    '$.list[0].name',
    '$.list[*]',
    '$.list[-1:]',
    '$..name',
    '$.a-b.c_d',
    "$.list[?(@.name == 'a]')]",
    '$.list[?(@.tags[0] == 1)]',
    "States.Format('signs-{}', $.date)",
    "States.Format('it\\'s {}, {}', $.a, $$.Execution.Name)",
    'States.UUID()',
    'States.MathAdd($.a, -1)',
    "States.ArrayGetItem(States.StringSplit($.a, ','), 0)",
    "States.Array('a', 1, true, null)",
  ])('is read: %s', (text) => {
    expect(findExpressionFault(text, 'JSONPath')).toBeUndefined()
  })

  test.each([
    ['States.Foo($.x)', 'AWS has no function States.Foo'],
    ["States.Format('a-{}', $.x", '( is not closed'],
    ["States.Format('a-{}, $.x)", 'its brackets or texts are not closed'],
    ['States.Format', 'States.Format is not called: write States.Format(…)'],
    ["States.Format('{}', States.Foo())", 'AWS has no function States.Foo'],
    ["States.Format('{}', name)", "name stands where a path, a 'text', a number or a function belongs"],
    ['States.MathAdd(1,)', "nothing stands where a path, a 'text', a number or a function belongs"],
    ['States.UUID())', 'its brackets or texts are not closed'],
    ['$.a b', 'it is no path, such as $.name'],
    ['$name', 'it is no path, such as $.name'],
    ['$.list[0', 'it is no path, such as $.name'],
    ['$.a.', 'it is no path, such as $.name'],
  ])('is refused: %s', (text, fault) => {
    expect(findExpressionFault(text, 'JSONPath')).toBe(fault)
  })
})

test.each<[string, string, 'JSONata' | 'JSONPath', string]>([
  ['name', '{% $a %}-{% $b %}', 'JSONata', 'there is a second {% or %} in it'],
  ['name', "{% 'a' & %}", 'JSONata', '& has nothing behind it'],
  ['name', 'States.Foo($.x)', 'JSONPath', 'AWS has no function States.Foo'],
  ['name', 'signs-{% $states.input.x %}', 'JSONata', "write {% 'signs-' & $states.input.x %}"],
  [
    'manifest',
    's3://acme-gt/in/{% $states.input.x %}.manifest',
    'JSONata',
    "write {% 's3://acme-gt/in/' & $states.input.x & '.manifest' %}",
  ],
  ['manifest', 's3://acme-gt/in/{% $x', 'JSONata', "write {% 's3://…' & $states.input.name %}"],
  ['manifest', 's3://acme-gt/{% $x %}', 'JSONPath', "write States.Format('s3://…/{}', $.name)"],
])('%s cannot be %s in a state of %s', (option, value, queryLanguage, why) => {
  expect(() => labelingTask(REQUEST, { region, queryLanguage, [option]: value })).toThrow(
    expect.objectContaining({ code: 'refused-call', why: expect.stringContaining(why) }),
  )
})

test('an expression that is too long to be read in time is refused, and not read', () => {
  const refused = (value: string) => {
    try {
      refuseOddExpression('labelingTask', 'name', value, 'JSONata')
    } catch (error) {
      return (error as Error).message
    }
    return undefined
  }

  expect(refused(`{%${' '.repeat(100_000)}`)).toContain(
    'name has 100002 characters: names and addresses come of shorter expressions, of at most 10000',
  )
  expect(refused('s3://gt/{% $x %}/{% $y %}.manifest')).toContain(
    "write {% 's3://gt/' & $x & '/' & $y & '.manifest' %}",
  )
  expect(refused('a %}{% b')).toContain("write {% 's3://…' & $states.input.name %}")
})
