// Preloaded into a child process: writes down every module that is asked for, by `import` and by `require`.
import { appendFileSync } from 'node:fs'
import Module, { register } from 'node:module'

const log = process.env.LOADS

register(
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync } from 'node:fs'
    export const resolve = (specifier, context, next) => {
      appendFileSync(${JSON.stringify(log)}, specifier + '\\n')
      return next(specifier, context)
    }`)}`,
)

const load = Module._load
Module._load = function (request, ...rest) {
  appendFileSync(log, `${request}\n`)
  return load.call(this, request, ...rest)
}
