import { readdirSync, readFileSync } from 'node:fs'

const MODELS = new URL('../../node_modules/@aws-sdk/client-sagemaker/dist-types/models/', import.meta.url)

/** The ARNs in the doc comments of the installed SDK, read without the help of the generator. */
export const SDK_ARNS: readonly string[] = readdirSync(MODELS)
  .filter((file) => file.endsWith('.d.ts'))
  .map((file) =>
    readFileSync(new URL(file, MODELS), 'utf8')
      .replaceAll(/<\/?i>/g, '')
      .replaceAll(/<\/?[a-z]+>/g, ' '),
  )
  .flatMap((text) => text.match(/arn:aws:[^\s'"`]+/g) ?? [])
