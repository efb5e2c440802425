/** A question that an address carries behind its `#`, which browsers never send. */
export interface AddressedForm {
  readonly tab: string
  readonly fields: Readonly<Record<string, string>>
}

export function fragmentOf({ tab, fields }: AddressedForm): string {
  const bytes = new TextEncoder().encode(JSON.stringify(fields))
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return `#${tab}=${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** Reads a fragment; `undefined` for one that carries no form. */
export function formIn(fragment: string): AddressedForm | undefined {
  const match = /^#(?<tab>[a-z]+)=(?<text>[\w-]+)$/.exec(fragment)
  if (match?.groups === undefined) return undefined
  const { tab = '', text = '' } = match.groups
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    const fields: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const texts = Object.entries(Object(fields)).filter(([, value]) => typeof value === 'string')
    return { tab, fields: Object.fromEntries(texts) as Record<string, string> }
  } catch {
    return undefined
  }
}
