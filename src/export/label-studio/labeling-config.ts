import { colorAt } from '../pictures/class-color.js'
import type { Control, Medium } from './control.js'

/** What a labeling config says. */
export interface LabelingConfig {
  readonly medium: Medium
  readonly control: Control
  readonly classes: readonly string[]
  /** Whether the data are addresses; texts may stand in the tasks themselves. */
  readonly isAddress: boolean
}

const TAGS = { image: 'Image', text: 'Text', video: 'Video' } as const

/** Writes the labeling config that tasks fit: the same names, and all classes in their order. */
export function labelingConfig({ medium, control, classes, isAddress }: LabelingConfig): string {
  const isMultiple =
    control.tag === 'Choices' ? ` choice="${control.isMultiple ? 'multiple' : 'single'}"` : ''
  const valueType = medium === 'text' && isAddress ? ' valueType="url"' : ''
  return `${[
    '<View>',
    `  <${TAGS[medium]} name="${medium}" value="$${medium}"${valueType}/>`,
    `  <${control.tag} name="${control.name}" toName="${medium}"${isMultiple}>`,
    ...classes.map((name, place) =>
      control.item === 'Choice'
        ? `    <Choice value="${escaped(name)}"/>`
        : `    <Label value="${escaped(name)}" background="${colorAt(place)}"/>`,
    ),
    `  </${control.tag}>`,
    ...(control.hasComments ? [`  <TextArea name="comments" toName="${medium}"/>`] : []),
    '</View>',
  ].join('\n')}\n`
}

/** A line break in an attribute would be read as a space; what XML cannot hold at all is left out. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  )
}
