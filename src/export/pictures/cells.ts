/** How many columns of a page a character takes: two where East Asia writes wide, none where it joins the one before. */
export function cellsOf(character: string): number {
  if (/^(?:\p{Mark}|\p{Emoji_Modifier}|[\u200b-\u200d]|\p{Variation_Selector})$/u.test(character)) return 0
  if (
    /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(
      character,
    )
  )
    return 2
  return /^[\u3000-\u303f\uff01-\uff60]$/u.test(character) ? 2 : 1
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += cellsOf(character)
  return width
}

/** Cuts a text to a number of columns. */
export function shortened(text: string, most: number): string {
  if (widthOf(text) <= most) return text
  let cut = ''
  let width = 1
  for (const character of text) {
    width += cellsOf(character)
    if (width > most) break
    cut += character
  }
  return `${cut}…`
}
