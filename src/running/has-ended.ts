/** Tells whether a job has come to one of its three ends. */
export function hasEnded(status: string | undefined): boolean {
  return status === 'Completed' || status === 'Failed' || status === 'Stopped'
}
