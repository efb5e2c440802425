import type { PlannedObject } from './reencryption-plan.js'

/** Names an object with its version. */
export function nameOf({ uri, versionId }: Pick<PlannedObject, 'uri' | 'versionId'>): string {
  return versionId === undefined ? uri : `${uri} (version ${versionId})`
}
