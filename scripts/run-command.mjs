// Runs commands for the checks: quietly when they succeed, with all they said when they do not.
import { spawn, spawnSync } from 'node:child_process'

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

/** Runs a command beside others; gives its exit code and what it printed. */
export function attemptBeside(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', ({ message }) => resolve({ code: 1, output: output + message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a command beside others that has to succeed; gives what it printed, and rejects with it otherwise. */
export async function runBeside(command, args, options = {}) {
  const { code, output } = await attemptBeside(command, args, options)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ends with ${code}:\n${output.trim()}`)
  return output
}
