import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportFile } from '../../src/export/export-file.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { writeFiles } from '../../src/export/write-files.js'
import { fakeAws } from '../../src/testing/index.js'
import { boxLabels, boxLine, CLASSES } from './box-labels.js'

const HOSTILE: readonly (readonly [string, string])[] = [
  ['../out.txt', 'its path leads out of the folder'],
  ['a/../../out.txt', 'its path leads out of the folder'],
  ['/etc/passwd', 'its path begins at the root'],
  ['a\\..\\..\\out.txt', 'its path has a backslash, which separates folders on Windows'],
  ['C:out.txt', 'its path begins with a drive'],
  ['a//b', 'its path has a step that names nothing'],
  ['./a', 'its path has a step that names nothing'],
  ['a\u0000.txt', 'its path has a control character'],
  ['', 'it has no path'],
]

describe('writeFiles to a folder', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labeling-job-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('makes the folders, and gives the paths it wrote', async () => {
    const target = join(folder, 'deep/yolo')
    const labels = boxLabels(boxLine('s3://acme-gt/in/a.jpg', [[0, 0, 0, 100, 80]]))

    const written = await writeFiles(toYolo(labels, { classes: CLASSES }), target)

    expect(written).toStrictEqual(
      ['data.yaml', 'labels/in/a.txt', 'sources.csv'].map((path) => join(target, path)),
    )
    expect(await readFile(join(target, 'labels/in/a.txt'), 'utf8')).toBe('0 0.5 0.5 1 1\n')
    expect(await readFile(join(target, 'sources.csv'), 'utf8')).toBe(
      'image,source,frame\nimages/in/a.jpg,s3://acme-gt/in/a.jpg,\n',
    )
  })

  it.each(HOSTILE)('refuses the path %j', async (path, why) => {
    const target = join(folder, 'refused')

    await expect(writeFiles([{ path, content: 'x' }], target)).rejects.toMatchObject({
      code: 'refused-call',
      why,
    })
    expect(await readdir(folder)).not.toContain('out.txt')
  })

  it('refuses to follow a link out of the folder', async () => {
    const target = join(folder, 'linked')
    const outside = await mkdtemp(join(tmpdir(), 'labeling-job-outside-'))
    await writeFiles([{ path: 'a.txt', content: 'x' }], target)
    await symlink(outside, join(target, 'labels'))

    const written = writeFiles([{ path: 'labels/1.txt', content: 'x' }], target)

    await expect(written).rejects.toMatchObject({ why: 'a link in the folder leads out of it' })
    expect(await readdir(outside)).toStrictEqual([])
    await rm(outside, { recursive: true })
  })

  it('makes no folder behind a link that leads out', async () => {
    const target = join(folder, 'linked-deep')
    const outside = await mkdtemp(join(tmpdir(), 'labeling-job-outside-'))
    await writeFiles([{ path: 'a.txt', content: 'x' }], target)
    await symlink(outside, join(target, 'train'))
    await symlink(join(outside, 'nothing'), join(target, 'val'))

    for (const path of ['train/a/b/1.txt', 'val/a/1.txt'])
      await expect(writeFiles([{ path, content: 'x' }], target)).rejects.toMatchObject({
        why: 'a link in the folder leads out of it',
      })
    expect(await readdir(outside)).toStrictEqual([])
    await rm(outside, { recursive: true })
  })

  it('overwrites nothing that a link in the place of a file points at', async () => {
    const target = join(folder, 'linked-file')
    const outside = join(folder, 'secret.txt')
    await writeFiles([{ path: 'secret.txt', content: 'keep' }], folder)
    await writeFiles([{ path: 'in/a.txt', content: 'x' }], target)
    await symlink(outside, join(target, 'labels.csv'))
    await symlink('in', join(target, 'also-in'))

    await expect(writeFiles([{ path: 'labels.csv', content: 'y' }], target)).rejects.toMatchObject({
      why: 'there is a link in its place, and what it points at would be overwritten',
    })
    expect(await readFile(outside, 'utf8')).toBe('keep')
    await writeFiles([{ path: 'also-in/a.txt', content: 'z' }], target)
    expect(await readFile(join(target, 'in/a.txt'), 'utf8')).toBe('z')
  })

  it('refuses two files of one path, odd contents, and what are no files', async () => {
    const file = { path: 'a.txt', content: 'x' }

    await expect(writeFiles([file, file], folder)).rejects.toThrow('there was a file of this path before')
    await expect(writeFiles([file, { path: 'A.txt', content: 'y' }], folder)).rejects.toThrow(
      'there was a file of this path before, in whatever case',
    )
    await expect(writeFiles([{ path: 'b', content: 1 } as never], folder)).rejects.toThrow(
      'its content is neither text nor bytes',
    )
    await expect(writeFiles('a.txt' as never, folder)).rejects.toThrow('it was given no files')
    await expect(writeFiles([file], '')).rejects.toThrow('it was given no folder')
  })

  it('refuses a key, which no folder has', async () => {
    await expect(writeFiles([], folder, undefined, { key: 'alias/gt' } as never)).rejects.toThrow(
      'files of a folder are under no key',
    )
  })

  it('ends when it is aborted', async () => {
    const aborting = new AbortController()
    async function* files(): AsyncGenerator<ExportFile, void> {
      yield { path: 'one.txt', content: '1' }
      aborting.abort()
      yield { path: 'two.txt', content: '2' }
    }
    const target = join(folder, 'aborted')

    const written = writeFiles(files(), target, undefined, { signal: aborting.signal })

    await expect(written).rejects.toMatchObject({ code: 'aborted' })
    expect(await readdir(target)).toStrictEqual(['one.txt'])
  })
})

describe('writeFiles to S3', () => {
  it('puts every file under the key, and gives the addresses in order', async () => {
    const cloud = fakeAws()
    cloud.bucket('acme-gt')
    const { keyArn } = cloud.key({ alias: 'alias/gt-export' })
    const files = Array.from({ length: 20 }, (_, index) => ({
      path: `labels/${index}.txt`,
      content: `${index}`,
    }))

    const written = await writeFiles(files, 's3://acme-gt/yolo', cloud.connect(), { key: 'alias/gt-export' })

    expect(written).toStrictEqual(files.map(({ path }) => `s3://acme-gt/yolo/${path}`))
    expect(cloud.calls.of('s3:PutObject').map(({ input }) => input)).toStrictEqual(
      files.map(({ path }) => ({
        Bucket: 'acme-gt',
        Key: `yolo/${path}`,
        ContentType: 'text/plain; charset=utf-8',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: keyArn,
      })),
    )
    expect(files.map(({ path }) => cloud.read(`s3://acme-gt/yolo/${path}`))).toStrictEqual(
      files.map(({ content }) => content),
    )
    expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(1)
  })

  it('writes below a bucket or a folder that ends in a slash', async () => {
    const cloud = fakeAws()
    cloud.bucket('acme-gt')
    const files = [{ path: 'a.json', content: '{}' }]

    const written = [
      ...(await writeFiles(files, 's3://acme-gt', cloud.connect())),
      ...(await writeFiles(files, 's3://acme-gt/', cloud.connect())),
      ...(await writeFiles(files, 's3://acme-gt/coco/', cloud.connect())),
    ]

    expect(written).toStrictEqual(['s3://acme-gt/a.json', 's3://acme-gt/a.json', 's3://acme-gt/coco/a.json'])
  })

  it.each(HOSTILE)('refuses the path %j, and puts nothing', async (path, why) => {
    const cloud = fakeAws()

    const written = writeFiles([{ path, content: 'x' }], 's3://acme-gt/in', cloud.connect())

    await expect(written).rejects.toMatchObject({ code: 'refused-call', why })
    expect(cloud.calls.of('s3:PutObject')).toStrictEqual([])
  })

  it('refuses to write without a connection, and under a key that is undefined', async () => {
    const cloud = fakeAws()
    const files = [{ path: 'a.txt', content: 'x' }]

    await expect(writeFiles(files, 's3://acme-gt/in', undefined as never)).rejects.toThrow('no connection')
    await expect(
      writeFiles(files, 's3://acme-gt/in', cloud.connect(), { key: undefined } as never),
    ).rejects.toThrow('the option key is there, but undefined')
  })
})
