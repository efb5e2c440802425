import { describe, expect, test } from 'vitest'
import { LAMBDA_STEMS } from '../../src/tasks/aws-accounts.generated.js'
import { KNOWN_REGIONS, postLambdaArn, preLambdaArn } from '../../src/tasks/aws-owned-arns.js'
import { taskOfLambda, taskOfStem } from '../../src/tasks/task-of-lambda.js'
import { TASK_TABLE, type TaskName } from '../../src/tasks/task-table.js'

describe('taskOfStem', () => {
  test('finds the task of every stem', () => {
    const found = LAMBDA_STEMS.map((stem) => TASK_TABLE[taskOfStem(stem) as Exclude<TaskName, 'custom'>].stem)

    expect(found).toEqual(LAMBDA_STEMS)
  })

  test.each(['', 'VideoClassification', 'boundingbox', 'constructor'])('finds nothing for "%s"', (stem) => {
    const task = taskOfStem(stem)

    expect(task).toBeUndefined()
  })
})

describe('taskOfLambda', () => {
  test('reads every ARN that the library makes', () => {
    const wrong = KNOWN_REGIONS.flatMap((region) =>
      LAMBDA_STEMS.flatMap((stem) =>
        [
          { kind: 'pre', arn: preLambdaArn(region, stem) },
          { kind: 'post', arn: postLambdaArn(region, stem) },
        ].filter(({ kind, arn }) => {
          const read = taskOfLambda(arn)
          return !(read?.kind === kind && read.stem === stem && read.region === region && read.ownedByAws)
        }),
      ),
    )

    expect(wrong).toEqual([])
  })

  test.each([
    ['the account of another region', 'arn:aws:lambda:us-east-1:081040173940:function:PRE-BoundingBox'],
    ['an account of a customer', 'arn:aws:lambda:us-east-1:111122223333:function:PRE-BoundingBox'],
    ['a region without these Lambdas', 'arn:aws:lambda:us-west-1:432418664414:function:PRE-BoundingBox'],
    ['another partition', 'arn:aws-cn:lambda:us-east-1:432418664414:function:PRE-BoundingBox'],
  ])('says of %s that it is not AWS that owns it', (_case, arn) => {
    const [, , , region, account] = arn.split(':')

    const lambda = taskOfLambda(arn)

    expect(lambda).toEqual({
      kind: 'pre',
      stem: 'BoundingBox',
      name: 'bounding-box',
      region,
      account,
      ownedByAws: false,
    })
  })

  test.each([
    'arn:aws:lambda:us-east-1:111122223333:function:my-pre-lambda',
    'arn:aws:lambda:us-east-1:432418664414:function:PRE-VideoClassification',
    'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox:1',
    'arn:aws:lambda:us-east-1:432418664414:function:pre-BoundingBox',
    'arn:aws:sns:us-east-1:432418664414:function:PRE-BoundingBox',
    'PRE-BoundingBox',
    '',
  ])('finds no task in "%s"', (arn) => {
    const lambda = taskOfLambda(arn)

    expect(lambda).toBeUndefined()
  })
})
