/** Whether this is `npm run test:deep`. */
export const DEEP = process.env['TEST_DEPTH'] === 'full'

/** How often a property is tried: in full in `npm run test:deep`, and one time in twenty, or as said, in `npm test`. */
export function runs(full: number, few = Math.ceil(full / 20)): number {
  return DEEP ? full : few
}
