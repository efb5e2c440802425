import { CHAIN, CHAIN_INSTANTIATIONS } from '../types/chain.js'
import { countInstantiations } from '../types/compile-snippets.js'
import type { Row } from './row.js'

/** Measures what a chain of 15 calls costs the compiler. */
export function benchChain(): readonly Row[] {
  const count = countInstantiations(CHAIN)
  return [
    {
      measure: 'instantiations of a chain of 15 calls',
      value: String(count),
      budget: `${CHAIN_INSTANTIATIONS}, pinned`,
      kept: count <= CHAIN_INSTANTIATIONS,
    },
  ]
}
