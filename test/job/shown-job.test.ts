import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { boundingBox, fromRequest, labelingJob, outputKey, volumeKey } from '../../src/index.js'
import { preformatted } from '../../src/show/html.js'

const job = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box every sign',
      description: 'One tight box around each',
      template: 's3://acme-gt/ui/box.liquid.html',
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .autoLabeling(volumeKey('alias/gt-volume'))

test('a job prints as what was said of it, by the names that were typed', () => {
  const text = `labeling job signs
  task     bounding-box
  input    s3://acme-gt/in/dataset.manifest
  output   s3://acme-gt/out/ under alias/gt-output
  volume   automated labeling, under alias/gt-volume
  missing  role, workers`

  expect([String(job), inspect(job)]).toEqual([text, text])
  expect(job.toMarkdown()).toBe(`\`\`\`text\n${text}\n\`\`\``)
  expect(job.toHtml()).toBe(preformatted(text))
})

test('a job is plain JSON, its keys by the names that were typed', () => {
  expect(JSON.parse(JSON.stringify(job))).toMatchObject({
    name: 'signs',
    task: { name: 'bounding-box' },
    output: { uri: 's3://acme-gt/out/', key: 'alias/gt-output' },
    autoLabeling: { key: 'alias/gt-volume' },
  })
})

test('a job that was read in says its name', () => {
  const read = fromRequest({ LabelingJobName: 'signs', RoleArn: 'arn:aws:iam::111122223333:role/Gt' })

  expect(read.name).toBe('signs')
  expect(String(read)).toBe(
    'labeling job signs\n  role     arn:aws:iam::111122223333:role/Gt\n  request  read in, with LabelingJobName, RoleArn',
  )
})

test('what stands in a name moves no cursor and writes no markup', () => {
  const odd = labelingJob('a\u001b[2J<b>\n::error::')

  expect(String(odd).split('\n')[0]).toBe('labeling job a\ufffd[2J<b>\ufffd::error::')
  expect(odd.toHtml()).toContain('a\ufffd[2J&#60;b&#62;')
})
