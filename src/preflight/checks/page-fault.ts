/** What is wrong with a worker page, as far as its text tells. */
export interface PageFault {
  readonly code: 'page-renders' | 'page-grants-access'
  readonly status: 'failed' | 'warning' | 'unknown'
  readonly what: string
  readonly why: string
  readonly fix: string
}

export function fault(
  code: PageFault['code'],
  status: PageFault['status'],
  what: string,
  why: string,
  fix: string,
): PageFault {
  return { code, status, what, why, fix }
}
