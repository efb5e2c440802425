import type { Aws, CallOptions } from '../../aws/aws.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import type { Frame } from '../frames/frame.js'
import type { SequenceFacts } from '../frames/parse-frame.js'
import { fetchFrames } from './fetch-frames.js'
import { readAnew } from './read-anew.js'
import { readBytes } from './read-object.js'

/** Fetches what a label keeps in objects of its own, with the connection that its manifest was read with. */
export interface LabelFiles {
  mask(uri: string, options: CallOptions | undefined): Promise<Uint8Array>
  frames(uri: string, facts: SequenceFacts, options: CallOptions | undefined): AsyncIterable<Frame>
}

/** Makes what fetches the files of labels; without a connection it refuses to. */
export function makeLabelFiles(aws: Aws | undefined): LabelFiles {
  return {
    async mask(uri, options = {}) {
      refuseUnknownOptions({ call: 'mask', what: `Cannot read the mask ${uri}` }, options, ['signal'])
      return readBytes({ call: 'mask', kind: 'the mask' }, uri, aws, options)
    },
    frames: (uri, facts, options = {}) =>
      readAnew(() => {
        refuseUnknownOptions({ call: 'frames', what: `Cannot read the sequence ${uri}` }, options, ['signal'])
        return fetchFrames(uri, facts, aws, options)
      }, 'frames'),
  }
}
