/** Whether a moment lies in a window that is open where no end is given. */
export function isWithin(moment: Date, after: Date | undefined, before: Date | undefined): boolean {
  return (after === undefined || moment >= after) && (before === undefined || moment <= before)
}
