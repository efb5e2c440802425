const SHAPE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/

/**
 * Reads a `creation-date`. AWS writes microseconds without a time zone (`2026-01-02T03:04:05.123456`) or an offset
 * without a colon (`…+0000`); a date without a time zone is taken as UTC. Gives `undefined` for anything else.
 */
export function parseCreationDate(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined
  return isUsualShape(value) ? usualDate(value) : unusualDate(value)
}

// Nearly every line has the same 26 characters, and `new Date(text)` takes longer than all of a label's other fields.
function isUsualShape(text: string): boolean {
  return (
    text.length === 26 &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58 &&
    text.charCodeAt(19) === 46
  )
}

function usualDate(text: string): Date | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  // `Date.UTC` takes the 31st of April for the 1st of May, and the year 26 for 1926; everything below is false for
  // digits that are none.
  const isPlain =
    year >= 100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  const thousandths = twoDigits(text, 20) * 10 + digit(text, 22)
  const time = Date.UTC(year, month - 1, day, hour, minute, second, thousandths)
  const isNumeric = !Number.isNaN(time + twoDigits(text, 23) + digit(text, 25))
  return isPlain && isNumeric ? new Date(time) : unusualDate(text)
}

function unusualDate(text: string): Date | undefined {
  const [, day, time, fraction = '', zone = 'Z'] = SHAPE.exec(text) ?? []
  if (day === undefined) return undefined
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const date = new Date(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  return Number.isNaN(date.getTime()) || !isInCalendar(day) ? undefined : date
}

/** JavaScript takes 30 February for 2 March. */
function isInCalendar(day: string): boolean {
  return new Date(`${day}T00:00:00.000Z`).toISOString().startsWith(day)
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
