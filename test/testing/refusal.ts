/** What a call was refused with, as a user's `catch` sees it. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call
  } catch (thrown) {
    const { name, message } = thrown as Error
    return { name, message }
  }
  throw new Error('The call went through')
}
