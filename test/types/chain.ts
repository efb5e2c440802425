/** A chain of 15 calls, as a snippet for the compiler: every call of the builder once, and three more tags. */
export const CHAIN = `labelingJob()
  .named('street-signs').task(boxes).input('s3://acme/in.manifest').output('s3://acme/out/', kmsKey)
  .role(role).workers(team, { perObject: 3 }).autoLabeling(volumeKmsKey).labelAttribute('signs')
  .stopWhen({ percentLabeled: 50 }).tags({ a: '1' }).tags({ b: '2' }).tags({ c: '3' })
  .raw({ JobTags: [] }).tags({ d: '4' }).toRequest({ region: 'us-east-1' })`

/** How many type instantiations the chain costs; pinned, so that it cannot grow unseen. */
export const CHAIN_INSTANTIATIONS = 832
