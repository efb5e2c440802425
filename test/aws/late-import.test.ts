import { afterAll, expect, test, vi } from 'vitest'

afterAll(() => {
  vi.doUnmock('../../src/aws/load-client.js')
  vi.resetModules()
})

test('what could not be loaded once is loaded by the next call', async () => {
  vi.resetModules()
  let tries = 0
  vi.doMock('../../src/aws/load-client.js', async (original) => {
    if (++tries === 1) throw new Error('the disk is away')
    return await original()
  })
  const { connect } = await import('../../src/aws/connect.js')
  const aws = connect({ region: 'us-east-1', clients: { send: async () => ({ Account: '111122223333' }) } })

  await expect(aws.call('sts:GetCallerIdentity', {})).rejects.toThrow()

  expect(await aws.call('sts:GetCallerIdentity', {})).toEqual({ Account: '111122223333' })
})
