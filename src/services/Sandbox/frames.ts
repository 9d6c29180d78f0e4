/** A message between the driver and a runner: a header of JSON and a body of bytes. */
export interface Frame {
  readonly header: unknown
  readonly body: Buffer
}

/** Two big-endian lengths, of header and body, then both. */
export const encodeFrame = (header: unknown, body: Uint8Array = new Uint8Array()): Buffer => {
  const text = Buffer.from(JSON.stringify(header))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32BE(text.length, 0)
  lengths.writeUInt32BE(body.length, 4)
  return Buffer.concat([lengths, text, body])
}

/** Puts frames together from the pieces in which they arrive; throws when one is larger than `largest` bytes. */
export class FrameReader {
  private readonly largest: number
  private pieces: Array<Buffer> = []
  private held = 0

  constructor(largest: number) {
    this.largest = largest
  }

  /** The frames that this piece completes. */
  push(piece: Buffer): ReadonlyArray<Frame> {
    this.pieces.push(piece)
    this.held += piece.length
    const frames: Array<Frame> = []
    for (let frame = this.next(); frame !== undefined; frame = this.next()) frames.push(frame)
    return frames
  }

  private next(): Frame | undefined {
    if (this.held < 8) return undefined
    const lengths = this.peek(8)
    const header = lengths.readUInt32BE(0)
    const size = 8 + header + lengths.readUInt32BE(4)
    if (size > this.largest) throw new RangeError(`a frame of ${size} bytes`)
    if (this.held < size) return undefined
    const whole = this.peek(this.held)
    this.pieces = size < whole.length ? [whole.subarray(size)] : []
    this.held -= size
    return {
      header: JSON.parse(whole.toString("utf8", 8, 8 + header)),
      body: whole.subarray(8 + header, size)
    }
  }

  /** The first piece, joined with its followers as far as `count` bytes need it. */
  private peek(count: number): Buffer {
    if (this.pieces[0]!.length < count) this.pieces = [Buffer.concat(this.pieces)]
    return this.pieces[0]!
  }
}
