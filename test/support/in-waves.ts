import type { Aws } from '../../src/aws/aws.js'

/** Lets calls through in batches: a batch goes out once nothing more is asked for without its answers. */
export function inWaves(aws: Aws): { readonly aws: Aws; readonly waves: readonly string[][] } {
  const waves: string[][] = []
  const waiting: (() => void)[] = []
  const release = () => {
    waves.push([])
    for (const go of waiting.splice(0)) go()
  }
  const call: Aws['call'] = async (name, input, options) => {
    await new Promise<void>((resolve) => {
      waiting.push(() => {
        waves.at(-1)?.push(name)
        resolve()
      })
      if (waiting.length === 1) setTimeout(release)
    })
    return aws.call(name, input, options)
  }
  return { aws: { ...aws, call, region: () => aws.region(), identity: (one) => aws.identity(one) }, waves }
}
