const DATE =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?)?$/

/**
 * Reads a moment as IAM writes it - ISO 8601, a time only with its zone, or seconds since 1970 - in milliseconds.
 * `undefined` for anything else: a bare year looks like seconds, and a time without a zone could be any of 26.
 */
export function instantOf(text: string): number | undefined {
  if (/^\d{5,12}$/.test(text)) return Number(text) * 1000
  if (!DATE.test(text)) return undefined
  const [year = 0, month = 0, day = 1] = text.slice(0, 10).split('-').map(Number)
  // V8 rolls 31 February over to March; a date that does not exist is none.
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  const zoned = text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')
  const milliseconds = Date.parse(zoned)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
