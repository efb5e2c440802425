// S3 quotes the token of an expired session, KMS and STS the canonical request with its token, and whoever pastes a
// presigned URL where an address belongs pastes a signature.
const NAMED =
  /(s(?:ecurity|ession)[-_]?token|signature|credential|authorization|access[-_]?key|password)(["']?[=:] ?["']?)[^\s&"',;]+/gi
const ACCESS_KEY = /\b(A[KS]IA)[A-Z0-9]{12,}(?:[:/]\S+)?/g
const IN_ADDRESS = /(\/\/)[^\s/@:]+:[^\s/@]*@/g

/** Gives a text without the credentials and signatures in it. */
export function withoutSecrets(text: string): string {
  return text.replace(NAMED, '$1$2…').replace(ACCESS_KEY, '$1…').replace(IN_ADDRESS, '$1…@')
}
