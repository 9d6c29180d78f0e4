const mostBytes = 64 * 2 ** 20

/** Compiled programs by the hash of what they were made from. The longest unused are dropped beyond 64 MB. */
export class CompiledPrograms {
  private readonly programs = new Map<string, Buffer>()
  private bytes = 0

  get(key: string): Buffer | undefined {
    const found = this.programs.get(key)
    if (found !== undefined) {
      this.programs.delete(key)
      this.programs.set(key, found)
    }
    return found
  }

  set(key: string, program: Buffer): void {
    if (this.programs.has(key)) return
    this.programs.set(key, program)
    this.bytes += program.length
    for (const [oldest, { length }] of this.programs) {
      if (this.bytes <= mostBytes) break
      this.programs.delete(oldest)
      this.bytes -= length
    }
  }
}
