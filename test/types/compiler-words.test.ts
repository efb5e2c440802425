import { describe, expect, test } from 'vitest'
import { CHAIN, CHAIN_INSTANTIATIONS } from './chain.js'
import { compileSnippets, countInstantiations, MISUSES } from './compile-snippets.js'

describe('the compiler', () => {
  const said = compileSnippets(MISUSES.map(({ code }) => code))

  test.each(MISUSES.map((misuse, index) => [misuse.title, misuse.says, said[index]] as const))(
    'says what is wrong with %s',
    (_title, says, messages) => {
      expect(messages).toEqual([says.join('\n')])
    },
  )

  test('has nothing to say to what is right', () => {
    const right = [
      'labelingJob().output(s3, kmsKey).autoLabeling(volumeKmsKey)',
      'labelingJob().autoLabeling(volumeKmsKey).output(s3, kmsKey)',
      "labelingJob().output('s3://acme/out/', 'alias/gt-output').autoLabeling('alias/gt-volume')",
      'labelingJob().output(s3, outputKey(text)).autoLabeling(volumeKey(text))',
      'labelingJob().output(s3, { topic })',
      "labelingJob().output(s3, { key: 'aws-managed' }).autoLabeling({ key: 'aws-managed' })",
      'labelingJob().output(s3, kmsKey, { topic })',
      'labelingJob().autoLabeling({ vpc: { securityGroups: [text], subnets: [text] } })',
      "labelingJob().autoLabeling().task(masks).labelAttribute('mask-ref')",
      "labelingJob().workers(team, { perObject: 3 }).labelAttribute('box').task(boxes)",
      'labelingJob().task(cloud).workers(team, { perObject: 1 })',
      'labelingJob().stream(topic).task(entities)',
    ]

    const messages = compileSnippets(right)

    expect(messages).toEqual(right.map(() => []))
  })
})

describe('the type cost of a chain of 15 calls', () => {
  // A rise of the pinned number is a decision, not a surprise.
  test('is pinned', () => {
    const instantiations = countInstantiations(CHAIN)

    expect(instantiations).toBe(CHAIN_INSTANTIATIONS)
  })
})
