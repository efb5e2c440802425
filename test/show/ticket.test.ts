import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { quoteForShell, shellLine } from '../../src/show/shell-command.js'
import { ticketText } from '../../src/show/ticket.js'

describe('a ticket', () => {
  it('says what, why, the change in every form, how to verify and how to undo', () => {
    const text = ticketText({
      owner: 'key',
      title: 'Let GtExec use a key',
      summary: 'A labeling job needs it.',
      items: [
        {
          what: 'Add a statement to the key policy',
          why: 'no statement allows the role',
          diff: ['+ { "Sid": "Gt" }'],
          cli: [
            'Read the policy:',
            {
              run: ['aws', 'kms', 'get-key-policy', '--key-id', 'k', '--query', 'Policy'],
              into: 'before.json',
            },
            { run: ['jq', '.'], pipeTo: ['cat'] },
          ],
          cdk: 'key.addToResourcePolicy(statement)',
          terraform: 'statement {\n}',
          verify: ['Look at it.'],
          undo: [{ run: ['aws', 'help'] }],
        },
      ],
    })

    expect(text).toBe(`## Let GtExec use a key

For: the owner of the KMS key

A labeling job needs it.

### Add a statement to the key policy

**Why:** no statement allows the role

**The change:**

\`\`\`diff
+ { "Sid": "Gt" }
\`\`\`

**With the AWS CLI:**

Read the policy:

\`\`\`sh
aws kms get-key-policy --key-id k --query Policy > before.json
jq . | cat
\`\`\`

**In the AWS CDK:**

\`\`\`ts
key.addToResourcePolicy(statement)
\`\`\`

**In Terraform:**

\`\`\`hcl
statement {
}
\`\`\`

**To verify:**

Look at it.

**To undo:**

\`\`\`sh
aws help
\`\`\``)
  })

  it('says so when nothing is asked', () => {
    expect(ticketText({ owner: 'bucket', title: 'Bucket', summary: 'All is well.', items: [] })).toBe(
      '## Bucket\n\nFor: the owner of the bucket\n\nAll is well.\n\nNothing is asked of the owner of the bucket.',
    )
  })

  it('numbers several changes', () => {
    const item = { what: 'this', why: 'that' }
    expect(ticketText({ owner: 'you', title: 'T', summary: 'S', items: [item, item] })).toContain(
      '### 2. this',
    )
  })

  it('lets no name become markup, end a block of code or move the cursor', () => {
    const hostile = '`` ``` **bold** <b>\u001b[2J\u202e'
    const text = ticketText({
      owner: 'role',
      title: hostile,
      summary: hostile,
      items: [{ what: hostile, why: hostile, diff: [`+ ${hostile}`], undo: [hostile] }],
    })

    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('\u202e')
    expect(text).not.toMatch(/^\*\*bold|[^\\]<b>(?!.*\n`{4})/m)
    expect(text).toContain('````diff\n+ `` ``` **bold**')
  })
})

describe('a command in a ticket', () => {
  const words = [
    'plain',
    '',
    "it's",
    '$(touch /tmp/x) `id` "quoted" \\ !! ; rm -rf *',
    'line\nbreak\ttab',
    '\u202egro.live\u001b[2J',
    "ü'ber\\ß 漢",
    '~/home',
    '-x',
  ]

  it.each(words)('is read by a shell as exactly the word %j', (word) => {
    const printed = execFileSync('bash', ['-c', `printf %s ${quoteForShell(word)}`]).toString()

    expect(printed).toBe(word)
  })

  it('shows nothing but printable ASCII', () => {
    expect(words.map(quoteForShell).join('')).toMatch(/^[ -~]+$/)
  })

  it('quotes the names of files', () => {
    expect(shellLine({ run: ['cat', 'a b'], into: 'c d' })).toBe("cat 'a b' > 'c d'")
  })
})
