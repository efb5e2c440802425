/** Whether this is `npm run test:deep`. */
export const DEEP = process.env['TEST_DEPTH'] === 'full'

/** How often a property is tried: as often as given in `npm run test:deep`, and one time in twenty in `npm test`. */
export function runs(full: number): number {
  return DEEP ? full : Math.ceil(full / 20)
}
