import { describe, expect, test } from 'vitest'
import {
  ALGORITHM_ACCOUNT,
  ALGORITHM_NAMES,
  HUMAN_TASK_UI_ACCOUNT,
  HUMAN_TASK_UI_NAMES,
  LAMBDA_ACCOUNTS,
  LAMBDA_STEMS,
} from '../../src/tasks/aws-accounts.generated.js'
import {
  algorithmArn,
  humanTaskUiArn,
  KNOWN_REGIONS,
  postLambdaArn,
  preLambdaArn,
} from '../../src/tasks/aws-owned-arns.js'
import { TASK_TABLE, type TaskRow } from '../../src/tasks/task-table.js'
import { readFixture } from '../fixtures/read-fixture.js'
import { SDK_ARNS } from './sdk-typings.js'

const rows: readonly TaskRow[] = Object.values(TASK_TABLE)
const sorted = (values: Iterable<string | undefined>) => [...new Set(values)].filter(Boolean).sort()

describe('the generated table', () => {
  test('makes exactly the Lambda ARNs that the typings of the installed SDK print', () => {
    const printed = SDK_ARNS.filter((arn) => /:function:(PRE|ACS)-/.test(arn))

    const made = KNOWN_REGIONS.flatMap((region) =>
      LAMBDA_STEMS.flatMap((stem) => [preLambdaArn(region, stem), postLambdaArn(region, stem)]),
    )

    expect(made).toHaveLength(12 * 23 * 2)
    expect([...made].sort()).toEqual(sorted(printed))
  })

  test('takes the one Lambda that the typings print under the heading of another task by its name', () => {
    const stray = 'arn:aws:lambda:us-east-1:432418664414:function:ACS-3DPointCloudSemanticSegmentation'

    const times = SDK_ARNS.filter((arn) => arn === stray).length

    expect(times).toBe(2)
    expect(postLambdaArn('us-east-1', '3DPointCloudSemanticSegmentation')).toBe(stray)
    expect(postLambdaArn('us-east-1', 'Adjustment3DPointCloudSemanticSegmentation')).toBe(
      'arn:aws:lambda:us-east-1:432418664414:function:ACS-Adjustment3DPointCloudSemanticSegmentation',
    )
  })

  test('names exactly the pages and algorithms that the typings of the installed SDK print', () => {
    const ends = (type: string) =>
      sorted(SDK_ARNS.filter((arn) => arn.includes(type)).map((arn) => arn.slice(arn.indexOf(type))))

    const pages = HUMAN_TASK_UI_NAMES.map((name) => `human-task-ui/${name}`)
    const algorithms = ALGORITHM_NAMES.map((name) => `labeling-job-algorithm-specification/${name}`)

    expect(ends('human-task-ui/')).toEqual(pages)
    expect(ends('labeling-job-algorithm-specification/')).toEqual(algorithms)
  })

  test('keeps account ids as strings of 12 digits, leading zeros included', () => {
    const accounts = [...Object.values(LAMBDA_ACCOUNTS), HUMAN_TASK_UI_ACCOUNT, ALGORITHM_ACCOUNT]

    const odd = accounts.filter((account) => !/^\d{12}$/.test(account))

    expect(odd).toEqual([])
    expect(LAMBDA_ACCOUNTS['us-west-2']).toBe('081040173940')
    expect(ALGORITHM_ACCOUNT).toBe('027400017018')
  })

  test('and the task table know the same stems, pages and algorithms', () => {
    const hosted = rows.map((row) => row.ui).filter((ui) => ui !== 'template')

    expect(sorted(rows.map((row) => row.stem))).toEqual(LAMBDA_STEMS)
    expect(sorted(hosted)).toEqual(HUMAN_TASK_UI_NAMES)
    expect(sorted(rows.map((row) => row.algorithm))).toEqual(ALGORITHM_NAMES)
  })

  test('and the task table agree that no two tasks share a stem', () => {
    const stems = rows.map((row) => row.stem).filter((stem) => stem !== undefined)

    expect(new Set(stems).size).toBe(stems.length)
  })
})

describe('the table put together by hand', () => {
  test('has the same ARNs as the generated one', () => {
    const { lambdas, algorithms, pages, publicTeam } = readFixture<ArnsOfAws>('arns-of-aws')
    const made = Object.fromEntries(
      KNOWN_REGIONS.map((region) => [
        region,
        {
          pre: LAMBDA_STEMS.map((stem) => preLambdaArn(region, stem)).sort(),
          acs: LAMBDA_STEMS.map((stem) => postLambdaArn(region, stem)).sort(),
          pages: HUMAN_TASK_UI_NAMES.map((name) => humanTaskUiArn(region, name)).sort(),
          algorithms: ALGORITHM_NAMES.map((name) => algorithmArn(region, name)).sort(),
          team: `arn:aws:sagemaker:${region}:${HUMAN_TASK_UI_ACCOUNT}:workteam/public-crowd/default`,
        },
      ]),
    )

    const expected = Object.fromEntries(
      Object.entries(lambdas.accounts).map(([region, account]) => {
        const arns = (service: string, owner: string, type: string, names: readonly string[]) =>
          names.map((name) => `arn:aws:${service}:${region}:${owner}:${type}${name}`).sort()
        return [
          region,
          {
            pre: arns('lambda', account, 'function:PRE-', lambdas.stems),
            acs: arns('lambda', account, 'function:ACS-', lambdas.stems),
            pages: arns('sagemaker', pages.account, 'human-task-ui/', pages.names),
            algorithms: arns(
              'sagemaker',
              algorithms.account,
              'labeling-job-algorithm-specification/',
              algorithms.names,
            ),
            team: publicTeam.replace('{region}', region),
          },
        ]
      }),
    )

    expect(made).toEqual(expected)
  })
})

interface ArnsOfAws {
  readonly lambdas: {
    readonly stems: readonly string[]
    readonly accounts: Readonly<Record<string, string>>
  }
  readonly algorithms: { readonly account: string; readonly names: readonly string[] }
  readonly pages: { readonly account: string; readonly names: readonly string[] }
  readonly publicTeam: string
}
