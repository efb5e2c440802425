import type { JsonObject } from './request.js'

/**
 * Splits a price in US dollars, given as text with up to three decimals, into AWS's three integers. Text, not a
 * number: 0.29 as a number splits into 28 cents and 10 tenths. Text that is no price is passed on for the rules
 * to report.
 */
export function priceInUsd(price: string): JsonObject {
  const [, dollars, decimals = ''] = /^(\d+)(?:\.(\d{1,3}))?$/.exec(price) ?? []
  if (dollars === undefined) return { Dollars: price }
  const tenths = Number(decimals.padEnd(3, '0'))
  return { Dollars: Number(dollars), Cents: Math.floor(tenths / 10), TenthFractionsOfACent: tenths % 10 }
}
