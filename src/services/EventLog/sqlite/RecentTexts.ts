/**
 * Hashes of texts that are known to be in the log, so that they are not compressed and written again. At most `most`
 * are kept, at least the newest half of that. Two sets that take turns, since a set from which the oldest are deleted
 * one by one has to step over all that it has deleted.
 */
export class RecentTexts {
  private readonly half: number
  private newer = new Set<string>()
  private older = new Set<string>()

  constructor(most: number) {
    this.half = Math.ceil(most / 2)
  }

  has(hash: string): boolean {
    return this.newer.has(hash) || this.older.has(hash)
  }

  add(hash: string): void {
    if (this.newer.has(hash)) return
    if (this.newer.size >= this.half) {
      this.older = this.newer
      this.newer = new Set()
    }
    this.newer.add(hash)
  }

  clear(): void {
    this.newer.clear()
    this.older.clear()
  }
}
