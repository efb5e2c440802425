// Proves on a real terminal that a wait is one line there: writes it anew, with what `script` of util-linux gives a program.
import { attempt } from './run-command.mjs'

const program = `
const { showProgress } = await import('./dist/index.js')
const show = showProgress()
for (const done of [0, 1, 2]) await show({ status: done === 2 ? 'Completed' : 'InProgress', toString: () => 'done: ' + done })
console.log('end')
`
if (attempt('script', ['--version']).code !== 0) {
  console.log('note: not tried: that needs script of util-linux')
} else {
  const quoted = `'${program.replaceAll("'", "'\\''")}'`
  const env = { ...process.env, TERM: 'xterm' }
  delete env['CI']
  const command = `${process.execPath} --input-type=module --eval ${quoted}`
  const { output } = attempt('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env,
    input: '',
  })
  const anew = '\u001b[1A\u001b[2K\r'
  const expected = `done: 0\r\n${anew}done: 1\r\n${anew}done: 2\r\nend\r\n`
  if (!output.includes(expected)) {
    console.error(`The terminal was written ${JSON.stringify(output)}`)
    process.exit(1)
  }
}
