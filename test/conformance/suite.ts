import { beforeAll, describe } from 'vitest'
import { bucketFacts } from './bucket-facts.js'
import { differenceFacts } from './difference-facts.js'
import { grantFacts } from './grant-facts.js'
import { keyFacts } from './key-facts.js'
import { manyFacts } from './many-facts.js'
import { mendFacts } from './mend-facts.js'
import { objectFacts } from './object-facts.js'
import type { Place } from './place.js'
import { readFacts } from './read-facts.js'
import { resourceFacts } from './resource-facts.js'
import { storageFacts } from './storage-facts.js'

/** States what the library does on an AWS; runs unchanged on every double. */
export function conformanceSuite(name: string, open: () => Promise<Place>): void {
  describe(name, () => {
    let place: Place
    beforeAll(async () => {
      place = await open()
    })

    describe('looking keys up', () => keyFacts(() => place))
    describe('reading permissions', () => readFacts(() => place))
    describe('reading the policies of resources', () => resourceFacts(() => place))
    describe('what preflight looks at in buckets', () => bucketFacts(() => place))
    describe('mending permissions', () => mendFacts(() => place))
    describe('grants', () => grantFacts(() => place))
    describe('many roles and writers', () => manyFacts(() => place))
    describe('what objects are encrypted with', () => objectFacts(() => place))
    describe('objects and callers', () => storageFacts(() => place))
    describe('what the double itself does', () => differenceFacts(() => place))
  })
}
