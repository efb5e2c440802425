import { expect, test } from 'vitest'
import { keyStatementForms } from '../../../src/permissions/tickets/statement-forms.js'
import { ticketText } from '../../../src/show/ticket.js'

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-4111-8111-111111111111'
const STATEMENT = { Sid: 'Gt', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }

test('a policy near its limit is written without white space', () => {
  const textOf = (compact: boolean) =>
    ticketText({
      owner: 'key',
      title: 'T',
      summary: 'S',
      items: [{ what: 'W', why: 'W', ...keyStatementForms(KEY, STATEMENT, { compact }) }],
    })

  expect(textOf(true)).toContain(
    [
      'If that is the change and nothing else, write it:',
      '',
      '```sh',
      'jq -c . key-policy.new.json > key-policy.small.json',
      `aws kms put-key-policy --region eu-west-1 --key-id ${KEY} --policy-name default --policy file://key-policy.small.json`,
      '```',
    ].join('\n'),
  )
  expect(textOf(false)).not.toContain('key-policy.small.json')
})

test('undo puts back the statement that stood there before', () => {
  const previous = { ...STATEMENT, Action: 'kms:DescribeKey' }
  const [, edit] = keyStatementForms(KEY, STATEMENT, { previous }).undo ?? []

  expect(edit).toMatchObject({
    run: expect.arrayContaining(['--argjson', 'statement', JSON.stringify(previous)]),
  })
})
