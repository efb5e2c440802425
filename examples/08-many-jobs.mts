/**
 * Creates the jobs of a list of configurations, is stopped half way and started again, and waits for all of them. Fifty or
 * two hundred: the code is the same.
 *
 *   node --import ./examples/register.mjs examples/08-many-jobs.mts                  on the embedded AWS
 *   node --import ./examples/register.mjs examples/08-many-jobs.mts --aws jobs.json  on your account
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 08-many-jobs.mts`.
 *
 * Prints: stopped: 2, not tried, attached: 2, created:, jobs: 50 of 50, calls of a look: 1
 */
import { readFile } from 'node:fs/promises'
import { connect, createAll, jobFromConfig, type RunningJob, showProgress, waitForAll } from 'labeling-job'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded region: one key, one role, a manifest for each job; workers take their time
function embeddedRegion() {
  const cloud = fakeAws()
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] }
  cloud.key({ alias: 'alias/gt-output' })
  cloud.role({ name: 'GtExec', inline: { Work: all } })
  cloud.object(
    's3://acme-gt/ui/labels.json',
    '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}',
  )
  for (let city = 0; city < 50; city++)
    cloud.object(
      `s3://acme-gt/in/city-${city}.manifest`,
      `{"source-ref": "s3://acme-gt/in/city-${city}.jpg"}\n`.repeat(1 + (city % 7)),
    )
  cloud.labeling({ secondsPerObject: 3_600 })
  return cloud
}

// %% The list: one configuration a job, plain texts that may come from JSON, YAML or the environment
const real = process.argv.includes('--aws')
const cloud = embeddedRegion()
const aws = real ? connect({ config: { retryMode: 'adaptive' } }) : cloud.connect()
const configurations: readonly unknown[] = real
  ? JSON.parse(await readFile(process.argv[process.argv.length - 1] ?? 'jobs.json', 'utf8'))
  : Array.from({ length: 50 }, (_, city) => ({
      name: `signs-city-${city}`,
      task: {
        name: 'bounding-box',
        title: 'Box every street sign',
        description: 'Draw one tight box around each sign',
        template: 's3://acme-gt/ui/box.liquid.html',
        labels: 's3://acme-gt/ui/labels.json',
      },
      input: `s3://acme-gt/in/city-${city}.manifest`,
      output: { folder: 's3://acme-gt/out/', key: 'alias/gt-output' },
      role: 'arn:aws:iam::111122223333:role/GtExec',
      workers: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
    }))
const jobs = configurations.map((configuration) => jobFromConfig(configuration))

// %% Create them, or take up those that are there: the same call after a restart
async function createOrTakeUp(signal?: AbortSignal) {
  const counts: Record<string, number> = {}
  const running: RunningJob[] = []
  for await (const result of createAll(jobs, aws, {
    ifExists: 'attach',
    concurrency: 8,
    ...(signal && { signal }),
  })) {
    counts[result.status] = (counts[result.status] ?? 0) + 1
    if (result.status === 'created' || result.status === 'attached') running.push(result.running)
    else if (result.status === 'failed') console.error(result.error.message)
    else if (result.status === 'refused') console.error(result.name, result.problems)
    if (signal !== undefined && running.length === 20) stop.abort()
  }
  return { counts, running }
}

// %% The first try is stopped (Ctrl-C, a deployment): what was not tried is told
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
if (!real) {
  const { counts } = await createOrTakeUp(stop.signal)
  // Of those that were on their way when the signal came, nobody knows; the second try finds out.
  console.log(`stopped: ${counts['created']} created, ${counts['not-tried']} not tried`)
}

// %% The second try goes on
const { counts, running } = await createOrTakeUp()
for (const [status, count] of Object.entries(counts)) console.log(`${status}: ${count}`)

// %% Wait for all of them, until the end of the year at the latest, also over restarts
cloud.calls.clear()
const show = showProgress()
let looks = 0
let ended = 0
const deadline = new Date('2026-12-31')
for await (const end of waitForAll(running, aws, {
  deadline,
  longestPause: 1_800_000,
  onProgress: (progress) => {
    looks++
    return show(progress)
  },
})) {
  if (end.outcome === 'not-ended') console.error(end.name, end.because.why)
  else ended++
}
console.log(`jobs: ${ended} of ${running.length}`)
if (!real)
  console.log(`calls of a look: ${Math.ceil(cloud.calls.of('sagemaker:ListLabelingJobs').length / looks)}`)
