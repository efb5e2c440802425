import { GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import type { FakeAws } from '../../../src/testing/index.js'

/** One version of an object as anybody sees it who may see everything. Knows nothing of plans. */
export interface SeenVersion {
  readonly bucket: string
  readonly key: string
  readonly versionId: string
  readonly isLatest: boolean
  readonly etag: string
  readonly changedAt: string
  /** What it is encrypted with: the ARN of a key, or in other words. */
  readonly under: string
  /** Absent when it cannot be opened. */
  readonly content: string | undefined
}

/** Looks at every version in the buckets, past all faults that were injected into other calls. */
export async function lookAtEverything(cloud: FakeAws, buckets: readonly string[]): Promise<SeenVersion[]> {
  const seen: SeenVersion[] = []
  for (const Bucket of buckets) {
    const { Versions = [] } = await cloud.send(new ListObjectVersionsCommand({ Bucket }))
    for (const { Key, VersionId, IsLatest, ETag, LastModified } of Versions) {
      seen.push({
        bucket: Bucket,
        key: Key,
        versionId: VersionId,
        isLatest: IsLatest,
        etag: ETag,
        changedAt: LastModified.toISOString(),
        under: await underWhat(cloud, { Bucket, Key, VersionId }),
        content: await contentOf(cloud, { Bucket, Key, VersionId }),
      })
    }
  }
  return seen
}

interface Address {
  readonly Bucket: string
  readonly Key: string
  readonly VersionId: string
}

/** A fault that was meant for others is passed over. */
async function underWhat(cloud: FakeAws, address: Address): Promise<string> {
  try {
    const head = await cloud.send(new HeadObjectCommand(address))
    const kind = head.ServerSideEncryption ?? 'none'
    return kind === 'aws:kms' ? head.SSEKMSKeyId : `${kind} ${head.SSEKMSKeyId ?? ''}`.trim()
  } catch (thrown) {
    const status = (thrown as { readonly $metadata?: { readonly httpStatusCode: number } }).$metadata
      ?.httpStatusCode
    return status === 400 || status === 403 ? 'closed' : underWhat(cloud, address)
  }
}

async function contentOf(cloud: FakeAws, address: Address): Promise<string | undefined> {
  try {
    const { Body } = await cloud.send(new GetObjectCommand(address))
    return await Body.transformToString()
  } catch {
    return undefined
  }
}

/** What a repair may have done between two looks, as told by hand of what the plan was. */
export interface Allowed {
  readonly bucket: string
  readonly prefix: string
  readonly newKey: string
  /** Versions that may be put under the new key where they are. */
  readonly updated: ReadonlySet<string>
  /** Keys that may be copied over themselves. */
  readonly copied: ReadonlySet<string>
  /** What others wrote meanwhile: content by key. */
  readonly written: ReadonlyMap<string, readonly string[]>
  readonly keepsVersions: boolean
}

/** Finds what should not have happened, in words. */
export function findDamage(
  before: readonly SeenVersion[],
  after: readonly SeenVersion[],
  allowed: Allowed,
): string[] {
  const later = new Map(after.map((version) => [idOf(version), version]))
  const damage: string[] = []
  for (const one of before) {
    const now = later.get(idOf(one))
    const others = allowed.written.get(one.key) ?? []
    const isOurs = one.bucket === allowed.bucket && one.key.startsWith(allowed.prefix)
    if (now === undefined) {
      damage.push(`lost: ${idOf(one)}`)
      continue
    }
    const isSame = JSON.stringify({ ...one, isLatest: 0 }) === JSON.stringify({ ...now, isLatest: 0 })
    if (isSame) continue
    const wasOverwritten = !allowed.keepsVersions && others.length > 0
    if (!isOurs) damage.push(`outside of the folder: ${idOf(one)}`)
    else if (wasOverwritten) continue
    else if (one.content !== undefined && one.content !== now.content) damage.push(`content: ${idOf(one)}`)
    else if (now.under !== allowed.newKey) damage.push(`under ${now.under}: ${idOf(one)}`)
    else if (allowed.updated.has(idOf(one))) {
      if (one.etag !== now.etag || one.changedAt !== now.changedAt)
        damage.push(`more than its key: ${idOf(one)}`)
    } else if (allowed.keepsVersions || !allowed.copied.has(one.key)) damage.push(`not planned: ${idOf(one)}`)
  }
  const earlier = new Set(before.map(idOf))
  for (const version of after) {
    if (earlier.has(idOf(version))) continue
    const isWritten = allowed.written.get(version.key)?.includes(version.content ?? '') === true
    const isCopy =
      allowed.copied.has(version.key) &&
      version.bucket === allowed.bucket &&
      version.under === allowed.newKey &&
      before.some(({ key, content }) => key === version.key && content === version.content)
    if (!isWritten && !isCopy) damage.push(`new: ${idOf(version)}`)
  }
  return damage
}

export function idOf({ bucket, key, versionId }: Pick<SeenVersion, 'bucket' | 'key' | 'versionId'>): string {
  return `${bucket}/${key}@${versionId}`
}
