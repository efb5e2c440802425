/**
 * Reads from the typings of `@aws-sdk/client-sagemaker` which accounts own the Lambdas, pages and algorithms of
 * built-in tasks. The doc comments are the only place where AWS publishes them in a form a program can read.
 *
 * @param {string} typings the text of all `dist-types/models/*.d.ts`
 */
export function readAwsAccounts(typings) {
  const lambdas = [
    ...typings.matchAll(/arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:(PRE|ACS)-([A-Za-z0-9]+)/g),
  ].map(([, region, account, side, stem]) => ({ region, account, side, stem }))
  const stems = distinct(lambdas.map((lambda) => lambda.stem))
  const regions = distinct(lambdas.map((lambda) => lambda.region))
  // A region that lacked one Lambda could not be told from the table, so a gap has to stop the generator.
  const listed = new Set(lambdas.map(({ region, side, stem }) => `${region} ${side}-${stem}`))
  const gaps = regions.flatMap((region) =>
    ['PRE', 'ACS'].flatMap((side) =>
      stems.map((stem) => `${region} ${side}-${stem}`).filter((name) => !listed.has(name)),
    ),
  )
  if (regions.length === 0) throw new Error('The typings list no Lambda at all.')
  if (gaps.length > 0) throw new Error(`The typings lack these Lambdas: ${gaps.join(', ')}`)

  const pages = owned(typings, 'human-task-ui')
  const algorithms = owned(typings, 'labeling-job-algorithm-specification')
  return {
    regions: Object.fromEntries(
      regions.map((region) => [
        region,
        only(
          `Lambda account of ${region}`,
          lambdas.filter((lambda) => lambda.region === region).map((lambda) => lambda.account),
        ),
      ]),
    ),
    stems,
    uiAccount: pages.account,
    uiNames: pages.names,
    algorithmAccount: algorithms.account,
    algorithmNames: algorithms.names,
  }
}

/** Gives owner and names of ARNs that AWS prints with a placeholder for the region. */
function owned(typings, type) {
  const pattern = new RegExp(`arn:aws:sagemaker:[^:]*:(\\d{12}):${type}/([A-Za-z0-9-]+)`, 'g')
  const found = [...typings.matchAll(pattern)]
  return {
    account: only(
      `account of ${type}`,
      found.map(([, account]) => account),
    ),
    names: distinct(found.map(([, , name]) => name)),
  }
}

function only(what, values) {
  const [value, ...others] = distinct(values)
  if (value === undefined || others.length > 0)
    throw new Error(
      `Expected one ${what}, found ${values.length === 0 ? 'none' : distinct(values).join(', ')}`,
    )
  return value
}

function distinct(values) {
  return [...new Set(values)].sort()
}
