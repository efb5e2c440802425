// Runs commands for the checks: quietly when they succeed, with all they said when they do not.
import { spawnSync } from 'node:child_process'

/** Runs a command and gives its exit code and what it printed. */
export function attempt(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options })
  return {
    code: status ?? 1,
    output: `${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : error.message}`,
  }
}

/** Runs a command that has to succeed, and gives what it printed. */
export function run(command, args, options = {}) {
  const { code, output } = attempt(command, args, options)
  if (code !== 0) {
    console.error(`${command} ${args.join(' ')}\n${output}`)
    process.exit(1)
  }
  return output
}
