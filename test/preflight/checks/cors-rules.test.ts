import { expect, test } from 'vitest'
import { preflight } from '../../../src/index.js'
import { JOB, putBucket, wholeWorld } from '../whole-world.js'

const PLAIN = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] }
const EXPOSING = { ...PLAIN, ExposeHeaders: ['Access-Control-Allow-Origin'] }

async function corsOf(cors: readonly object[]) {
  const cloud = wholeWorld()
  putBucket(cloud, { cors })
  const report = await preflight(JOB, cloud.connect())
  return {
    check: report.checks.find(({ code }) => code === 'bucket-cors'),
    ticket: report.toTicket('bucket'),
  }
}

test.each([
  [[EXPOSING, PLAIN], 'passed'],
  [[PLAIN, EXPOSING], 'warning'],
])('S3 answers by the first CORS rule that fits: %j', async (cors, status) => {
  expect((await corsOf(cors)).check?.status).toBe(status)
})

test('the ticket puts the rule that exposes before one that does not, so that it counts', async () => {
  const { ticket } = await corsOf([PLAIN])
  const [, rules = ''] = /--cors-configuration '([^']+)'/.exec(ticket) ?? []

  expect((await corsOf(JSON.parse(rules).CORSRules)).check?.status).toBe('passed')
})
