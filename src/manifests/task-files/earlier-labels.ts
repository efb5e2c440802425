// How a worker page shows the labels of an earlier job: values of attributes, as HTML with Liquid. Quotes are written as
// `&quot;`, so that what the browser reads is JSON.
//
// Source: sms-ui-template-crowd-bounding-box.html, sms-ui-template-crowd-semantic-segmentation.html and
// sms-ui-template-crowd-image-classifier.html (`initial-value`, `overlay`).

/** What a page does with the labels of an earlier job. */
export type Review = 'adjust-boxes' | 'verify-boxes' | 'adjust-masks' | 'verify-masks'

/** Gives the attribute of the page's element that shows the labels under an attribute of the manifest. */
export function earlierLabels(review: Review, attribute: string): string {
  const label = `task.input.manifestLine.${attribute}`
  switch (review) {
    case 'adjust-boxes':
      return `initial-value="${boxesOf(label)}"`
    case 'adjust-masks':
      return `initial-value="{${maskOf(label)}}"`
    case 'verify-boxes':
      return `overlay="{${text('boundingBox')}: {${text('labels')}: ${classesOf(label)}, ${text('value')}: ${boxesOf(label)} } }"`
    case 'verify-masks':
      return `overlay="{${text('semanticSegmentation')}: {${text('labels')}: ${colorNamesOf(label)}, ${maskOf(label)} } }"`
  }
}

const text = (name: string) => `&quot;${name}&quot;`
const json = (value: string) => `{{ ${value} | to_json | escape }}`

/** A list with commas between its items and none behind the last, whichever of them are left out. */
function listOf(each: string, of: string, item: string, when?: string): string {
  const [only, end] = when === undefined ? ['', ''] : [`{% if ${when} %}`, '{% endif %}']
  return `{% assign comma = false %}{% for ${each} in ${of} %}${only}{% if comma %}, {% endif %}{% assign comma = true %}${item}${end}{% endfor %}`
}

// The class of a box is a number, and the keys of the class map are texts.
function boxesOf(label: string): string {
  const className = `{% capture class_id %}{{ box.class_id }}{% endcapture %}{% assign label = ${label}-metadata.class-map[class_id] %}`
  const sides = ['left', 'top', 'width', 'height'].map((side) => `${text(side)}: {{ box.${side} }}`)
  return `[${listOf('box', `${label}.annotations`, `${className}{${text('label')}: ${json('label')}, ${sides.join(', ')} }`)}]`
}

function classesOf(label: string): string {
  return `[${listOf('class', `${label}-metadata.class-map`, json('class[1]'))}]`
}

const IS_CLASS = "color[1]['class-name'] != 'BACKGROUND'"
const COLOR_NAME = json("color[1]['class-name']")

function colorNamesOf(label: string): string {
  return `[${listOf('color', `${label}-metadata.internal-color-map`, COLOR_NAME, IS_CLASS)}]`
}

function maskOf(label: string): string {
  const color = `${COLOR_NAME}: {${text('color')}: ${json("color[1]['hex-color']")} }`
  const colors = listOf('color', `${label}-metadata.internal-color-map`, color, IS_CLASS)
  return `${text('src')}: &quot;{{ ${label} | grant_read_access }}&quot;, ${text('labelMappings')}: { ${colors} }`
}
