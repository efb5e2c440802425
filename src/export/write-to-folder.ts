import type { ExportFile } from './export-file.js'
import { refusedFile } from './safe-path.js'

/**
 * Writes files to a folder, and gives their paths. Nothing is written, and no folder made, through a link that leads out
 * of it; nor is what a link at the place of a file points at.
 *
 * @param check Throws when no more is to be written.
 * @throws LabelingJobError `refused-call`
 */
export async function writeToFolder(
  files: AsyncIterable<ExportFile> | Iterable<ExportFile>,
  folder: string,
  check: () => void,
): Promise<readonly string[]> {
  const { mkdir, realpath, writeFile } = await import('node:fs/promises')
  const { join, resolve } = await import('node:path')
  const written: string[] = []
  const inside = new Set<string>()
  let root: string | undefined
  for await (const { path, content } of files) {
    if (root === undefined) {
      await mkdir(folder, { recursive: true })
      root = await realpath(resolve(folder))
    }
    const steps = path.split('/')
    const file = steps.pop() as string
    const parent = await makeParent(root, steps, inside)
    if (parent === undefined) throw refusedFile(path, folder, 'a link in the folder leads out of it')
    if ((await linkAt(join(parent, file))) === true)
      throw refusedFile(
        path,
        folder,
        'there is a link in its place, and what it points at would be overwritten',
      )
    await writeFile(join(parent, file), content)
    written.push(join(folder, path))
    check()
  }
  return written
}

/** Makes the folders of a file step by step; `undefined` where a link among them leads out. */
async function makeParent(
  root: string,
  steps: readonly string[],
  inside: Set<string>,
): Promise<string | undefined> {
  const { mkdir, realpath } = await import('node:fs/promises')
  const { join, sep } = await import('node:path')
  let parent = root
  for (const step of steps) {
    parent = join(parent, step)
    if (inside.has(parent)) continue
    const isLink = await linkAt(parent)
    if (isLink === undefined) await mkdir(parent, { recursive: true })
    // A link may point at what is not there.
    const real = isLink === true ? await realpath(parent).catch(() => undefined) : parent
    if (real !== root && real?.startsWith(root.endsWith(sep) ? root : root + sep) !== true) return undefined
    inside.add(parent)
  }
  return parent
}

/** Tells whether there is a link; `undefined` where there is nothing. */
async function linkAt(path: string): Promise<boolean | undefined> {
  const { lstat } = await import('node:fs/promises')
  try {
    return (await lstat(path)).isSymbolicLink()
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw thrown
  }
}
