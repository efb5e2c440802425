import { expect, test } from 'vitest'
import { renderTemplate } from '../../../src/testing/sagemaker/render-template.js'

const INPUT = { taskObject: 's3://acme/in/a.jpg', labels: ['a', '<b>'], manifestLine: { 'my-label': 3 } }

test.each([
  ['plain', 'plain'],
  ['{{ task.input.taskObject | grant_read_access }}', 'https://signed.example/acme/in/a.jpg'],
  ['{{ task.input.labels | to_json | escape }}', '[&#34;a&#34;,&#34;&#60;b&#62;&#34;]'],
  ['{{- task.input["manifestLine"].my-label -}}', '3'],
  ['{{ task.input.none }}{{ task.input.none | default: "x" }}', ''],
  ['{% for one in task.input.labels %}{{ one }};{% endfor %}', ';'],
  ['{% if task.input.labels %}a{% else %}b{% endif %}{% assign x = 1 %}', 'ab'],
  ['a{% comment %}{{ {% b {% endcomment %}c', 'ac'],
])('%s is shown as %s', (template, content) => {
  expect(renderTemplate(template, INPUT)).toEqual({ content, errors: [] })
})

test.each([
  ['{{ task.input.labels', 'Liquid syntax error: Variable was not properly terminated'],
  ['{% if x', 'Liquid syntax error: Tag was not properly terminated'],
  ['{% for x in task.input.labels %}', "Liquid syntax error: 'for' tag was never closed"],
  ['{% if x %}{% endfor %}{% endif %}', "Liquid syntax error: Unknown tag 'endfor'"],
  ['{% show x %}', "Liquid syntax error: Unknown tag 'show'"],
  ['{{ task.input.none | grant_read_access }}', '"grant_read_access" input is not a valid S3 URI: " ".'],
  [
    '{{ task.input.labels | grant_read_access }}',
    '"grant_read_access" input is not a valid S3 URI: "a,<b>".',
  ],
])('%s cannot be shown', (template, message) => {
  expect(renderTemplate(template, INPUT).errors.map(({ Message }) => Message)).toEqual([message])
})
