import { plainMarkdown } from '../errors/printable.js'
import { codeBlock } from './code-block.js'
import { type Owner, ownerName } from './owner.js'
import { type ShellCommand, shellLine } from './shell-command.js'

/** What somebody is asked to change, so that they can act without knowing this library. */
export interface Ticket {
  readonly owner: Owner
  readonly title: string
  /** Who needs it and for what, in sentences. */
  readonly summary: string
  readonly items: readonly TicketItem[]
}

/** One change that is asked for. */
export interface TicketItem {
  readonly what: string
  readonly why: string
  /** Lines with their marks: `+ ` in, `- ` out, `  ` as it was. */
  readonly diff?: readonly string[]
  readonly cli?: readonly TicketStep[]
  /** TypeScript for the AWS CDK. */
  readonly cdk?: string
  /** HCL for Terraform. */
  readonly terraform?: string
  readonly verify?: readonly TicketStep[]
  readonly undo?: readonly TicketStep[]
}

/** A sentence, or a command to run. */
export type TicketStep = string | ShellCommand

/** Writes a ticket as Markdown that also reads as plain text; nothing that stands in a name becomes markup. Pure. */
export function ticketText({ owner, title, summary, items }: Ticket): string {
  return [
    `## ${plainMarkdown(title)}`,
    `For: ${ownerName(owner)}`,
    plainMarkdown(summary),
    ...(items.length === 0 ? [`Nothing is asked of ${ownerName(owner)}.`] : []),
    ...items.flatMap((item, index) => [
      `### ${items.length > 1 ? `${index + 1}. ` : ''}${plainMarkdown(item.what)}`,
      ...itemParts(item),
    ]),
  ].join('\n\n')
}

function itemParts({ why, diff, cli, cdk, terraform, verify, undo }: TicketItem): readonly string[] {
  return [
    `**Why:** ${plainMarkdown(why)}`,
    ...(diff === undefined ? [] : ['**The change:**', codeBlock('diff', diff)]),
    ...stepParts('With the AWS CLI', cli),
    ...(cdk === undefined ? [] : ['**In the AWS CDK:**', codeBlock('ts', cdk.split('\n'))]),
    ...(terraform === undefined ? [] : ['**In Terraform:**', codeBlock('hcl', terraform.split('\n'))]),
    ...stepParts('To verify', verify),
    ...stepParts('To undo', undo),
  ]
}

function stepParts(heading: string, steps: readonly TicketStep[] = []): readonly string[] {
  if (steps.length === 0) return []
  const parts: string[] = [`**${heading}:**`]
  let commands: string[] = []
  const endBlock = () => {
    if (commands.length > 0) parts.push(codeBlock('sh', commands))
    commands = []
  }
  for (const step of steps) {
    if (typeof step !== 'string') commands.push(shellLine(step))
    else {
      endBlock()
      parts.push(plainMarkdown(step))
    }
  }
  endBlock()
  return parts
}
