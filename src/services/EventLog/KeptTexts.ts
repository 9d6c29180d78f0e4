/** Texts at hand, up to a number of characters in all; the longest unused ones go first. */
export class KeptTexts {
  private readonly texts = new Map<string, string>()
  private length = 0
  private readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get(ref: string): string | undefined {
    const text = this.texts.get(ref)
    if (text === undefined) return undefined
    this.texts.delete(ref)
    this.texts.set(ref, text)
    return text
  }

  keep(ref: string, text: string): void {
    if (this.texts.has(ref) || text.length > this.capacity) return
    this.texts.set(ref, text)
    this.length += text.length
    for (const [oldest, { length }] of this.texts) {
      if (this.length <= this.capacity) return
      this.texts.delete(oldest)
      this.length -= length
    }
  }
}
