import { countOf } from '../errors/count-of.js'
import type { World } from './world/world.js'

/** Says in a line what the fake holds. */
export function describeWorld(world: World, calls: number): string {
  const { region, account, keys, roles, buckets, workteams, jobs } = world
  const things = [
    [keys, 'key'],
    [roles, 'role'],
    [buckets, 'bucket'],
    [workteams, 'work team'],
    [jobs, 'labeling job'],
  ] as const
  const held = things.flatMap(([all, noun]) => (all.size === 0 ? [] : [countOf(all.size, noun)]))
  return `fake AWS, region ${region}, account ${account}: ${held.join(', ') || 'empty'}; ${countOf(calls, 'call')} so far`
}
