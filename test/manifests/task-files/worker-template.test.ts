import { describe, expect, expectTypeOf, test } from 'vitest'
import { LabelingJobError } from '../../../src/errors/labeling-job-error.js'
import {
  isTemplatedTask,
  type TemplatedTask,
  type WorkerTemplateOptions,
  workerTemplate,
} from '../../../src/manifests/task-files/worker-template.js'
import { TASK_TABLE } from '../../../src/tasks/task-table.js'

const TEXTS = { header: 'Box signs', shortInstructions: 'Box', fullInstructions: 'Box each' }

describe('workerTemplate', () => {
  test('makes the whole page of a task on images', () => {
    const page = workerTemplate({ task: 'bounding-box', ...TEXTS })

    expect(page).toBe(`<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-bounding-box
    name="boundingBox"
    src="{{ task.input.taskObject | grant_read_access }}"
    header="Box signs"
    labels="{{ task.input.labels | to_json | escape }}"
  >
    <full-instructions header="Instructions"><p>Box each</p></full-instructions>
    <short-instructions><p>Box</p></short-instructions>
  </crowd-bounding-box>
</crowd-form>
`)
  })

  test('shows a text as it is, without the spaces of the page', () => {
    const page = workerTemplate({ task: 'text-classification', ...TEXTS })

    expect(page).toBe(`<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier
    name="crowd-classifier"
    header="Box signs"
    categories="{{ task.input.labels | to_json | escape }}"
  >
    <classification-target style="white-space: pre-wrap">{{ task.input.taskObject }}</classification-target>
    <full-instructions header="Instructions"><p>Box each</p></full-instructions>
    <short-instructions><p>Box</p></short-instructions>
  </crowd-classifier>
</crowd-form>
`)
  })

  test('plays a clip in each of the three formats', () => {
    const page = workerTemplate({ task: 'video-classification', ...TEXTS })

    const url = '{{ task.input.taskObject | grant_read_access }}'
    expect(page).toContain(`    <classification-target>
      <video width="100%" controls>
        <source src="${url}" type="video/mp4">
        <source src="${url}" type="video/webm">
        <source src="${url}" type="video/ogg">
      </video>
    </classification-target>`)
  })

  test.each<[TemplatedTask, string, string, string]>([
    ['image-classification', 'crowd-image-classifier', 'crowd-image-classifier', 'categories'],
    [
      'image-classification-multi-label',
      'crowd-image-classifier-multi-select',
      'crowd-image-classifier-multi-select',
      'categories',
    ],
    ['bounding-box', 'crowd-bounding-box', 'boundingBox', 'labels'],
    ['semantic-segmentation', 'crowd-semantic-segmentation', 'crowd-semantic-segmentation', 'labels'],
    ['text-classification', 'crowd-classifier', 'crowd-classifier', 'categories'],
    [
      'text-classification-multi-label',
      'crowd-classifier-multi-select',
      'crowd-classifier-multi-select',
      'categories',
    ],
    ['video-classification', 'crowd-classifier', 'crowd-classifier', 'categories'],
  ])('uses for %s the element %s, its name and its list of labels', (task, element, name, list) => {
    const page = workerTemplate({ task, ...TEXTS })

    const lines = page.split('\n').map((line) => line.trim())
    expect(lines[2]).toBe(`<${element}`)
    expect(lines.at(-3)).toBe(`</${element}>`)
    expect(lines).toContain(`name="${name}"`)
    expect(lines).toContain(`${list}="{{ task.input.labels | to_json | escape }}"`)
  })

  test('lets neither HTML nor Liquid of a plain text run', () => {
    const hostile = `"><script>alert('x')</script>{{ task.input | to_json }}{% raw %}&amp;`
    const safe =
      '&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#123;&#123; task.input | to_json ' +
      '&#125;&#125;&#123;% raw %&#125;&#38;amp;'

    const page = workerTemplate({
      task: 'bounding-box',
      header: hostile,
      shortInstructions: hostile,
      fullInstructions: hostile,
      fullInstructionsHeader: hostile,
    })

    expect(page.split(safe)).toHaveLength(5)
    expect(page.match(/\{[{%]/g)).toHaveLength(2)
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  test('makes paragraphs and line breaks of plain text, and takes HTML as it is', () => {
    const page = workerTemplate({
      task: 'bounding-box',
      header: 'Box signs',
      shortInstructions: 'One\r\ntwo\n \nthree\n\n\nfour',
      fullInstructions: { html: '<h3>{{ task.input.hint }}</h3>' },
      fullInstructionsHeader: 'More',
    })

    expect(page).toContain(
      '<short-instructions><p>One<br>two</p><p>three</p><p>four</p></short-instructions>',
    )
    expect(page).toContain(
      '<full-instructions header="More"><h3>{{ task.input.hint }}</h3></full-instructions>',
    )
  })

  test.each<[string, unknown, string[]]>([
    ['no options', undefined, ['task', 'header', 'shortInstructions', 'fullInstructions']],
    ['a task with a hosted page', { ...TEXTS, task: 'named-entity-recognition' }, ['task']],
    ['a name that every object has', { ...TEXTS, task: 'toString' }, ['task']],
    ['an option that does not exist', { ...TEXTS, task: 'bounding-box', labels: ['stop'] }, ['labels']],
    [
      'texts of the wrong kind',
      {
        task: 'bounding-box',
        header: 1,
        shortInstructions: null,
        fullInstructions: {},
        fullInstructionsHeader: 2,
      },
      ['header', 'shortInstructions', 'fullInstructions', 'fullInstructionsHeader'],
    ],
  ])('refuses %s', (_case, options, wrong) => {
    const making = () => workerTemplate(options as WorkerTemplateOptions)

    expect(making).toThrow(LabelingJobError)
    expect(making).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        data: {
          received: wrong.join(', '),
          expected: 'task, header, shortInstructions, fullInstructions, fullInstructionsHeader, adjusts',
        },
        why: `these options are unknown, missing or of the wrong kind: ${wrong.join(', ')}`,
      }),
    )
  })

  test('knows only tasks that take a template', () => {
    const templated = Object.keys(TASK_TABLE).filter(isTemplatedTask)

    expectTypeOf<TemplatedTask>().toExtend<keyof typeof TASK_TABLE>()
    expect(templated.map((task) => TASK_TABLE[task].ui)).toEqual(Array(11).fill('template'))
  })
})

describe('the page of an adjustment or verification', () => {
  const NOT_BACKGROUND = "{% if color[1]['class-name'] != 'BACKGROUND' %}"
  const COMMA = '{% if comma %}, {% endif %}{% assign comma = true %}'
  const boxes =
    `[{% assign comma = false %}{% for box in task.input.manifestLine.signs.annotations %}${COMMA}` +
    '{% capture class_id %}{{ box.class_id }}{% endcapture %}' +
    '{% assign label = task.input.manifestLine.signs-metadata.class-map[class_id] %}' +
    '{&quot;label&quot;: {{ label | to_json | escape }}, &quot;left&quot;: {{ box.left }}, &quot;top&quot;: {{ box.top }}, ' +
    '&quot;width&quot;: {{ box.width }}, &quot;height&quot;: {{ box.height }} }{% endfor %}]'
  const colors =
    '&quot;src&quot;: &quot;{{ task.input.manifestLine.signs-ref | grant_read_access }}&quot;, &quot;labelMappings&quot;: { ' +
    '{% assign comma = false %}{% for color in task.input.manifestLine.signs-ref-metadata.internal-color-map %}' +
    `${NOT_BACKGROUND}${COMMA}{{ color[1]['class-name'] | to_json | escape }}: ` +
    "{&quot;color&quot;: {{ color[1]['hex-color'] | to_json | escape }} }{% endif %}{% endfor %} }"

  test.each<[TemplatedTask, string, string]>([
    ['bounding-box-adjustment', 'signs', `initial-value="${boxes}"`],
    [
      'bounding-box-verification',
      'signs',
      'overlay="{&quot;boundingBox&quot;: {&quot;labels&quot;: [{% assign comma = false %}' +
        `{% for class in task.input.manifestLine.signs-metadata.class-map %}${COMMA}` +
        `{{ class[1] | to_json | escape }}{% endfor %}], &quot;value&quot;: ${boxes} } }"`,
    ],
    ['semantic-segmentation-adjustment', 'signs-ref', `initial-value="{${colors}}"`],
    [
      'semantic-segmentation-verification',
      'signs-ref',
      'overlay="{&quot;semanticSegmentation&quot;: {&quot;labels&quot;: [{% assign comma = false %}' +
        '{% for color in task.input.manifestLine.signs-ref-metadata.internal-color-map %}' +
        `${NOT_BACKGROUND}${COMMA}{{ color[1]['class-name'] | to_json | escape }}{% endif %}{% endfor %}], ${colors} } }"`,
    ],
  ])('shows the labels of the earlier job: %s', (task, adjusts, attribute) => {
    const page = workerTemplate({ task, ...TEXTS, adjusts })

    expect(page.split('\n').map((line) => line.trim())).toContain(attribute)
    // Two braces together would be read as Liquid.
    expect(page).not.toMatch(/\{\{%|%\}\}|\{\{\{|\}\}\}/)
  })

  test.each<[string, object]>([
    ['no attribute', {}],
    ['an attribute that is none', { adjusts: 'signs }} {% raw' }],
    ['an attribute with a dot', { adjusts: 'signs.box' }],
  ])('is not made with %s', (_, more) => {
    expect(() => workerTemplate({ task: 'bounding-box-adjustment', ...TEXTS, ...more })).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        data: expect.objectContaining({ received: 'adjusts' }),
      }),
    )
  })

  test('is that of no other task', () => {
    expect(() => workerTemplate({ task: 'bounding-box', ...TEXTS, adjusts: 'signs' })).toThrow(
      expect.objectContaining({ code: 'refused-call' }),
    )
  })
})
