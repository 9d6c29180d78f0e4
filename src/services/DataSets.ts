import { Context, type Effect, Schema } from "effect"
import type { DataFile, DataSet } from "../domain/dataSets.ts"

/** A file could not be had now: no connection, an answer that is not the file, a full disk. What came is kept. */
export class FetchFailed extends Schema.TaggedError<FetchFailed>()("FetchFailed", {
  file: Schema.String,
  url: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.url} cannot be fetched: ${this.reason}. Try again, and it goes on where it stopped; or bring the file to ${this.file} yourself`
  }
}

/** A file is there and is not what it should be; it was left as it is. */
export class DataFileWrong extends Schema.TaggedError<DataFileWrong>()("DataFileWrong", {
  file: Schema.String,
  reason: Schema.String
}) {
  override get message(): string {
    return `${this.file}: ${this.reason}`
  }
}

/** A file of a set, and what is there of it. */
export interface FileState {
  readonly file: DataFile
  /** Where it is, or belongs. */
  readonly place: string
  readonly state: "present" | "missing" | "partial"
  /** Of what is there. */
  readonly bytes: number
}

/** How far a download is; `total` is null where the server does not tell. */
export interface Progress {
  readonly file: DataFile
  readonly bytes: number
  readonly total: number | null
}

export interface Fetched {
  readonly place: string
  readonly bytes: number
  readonly sha256: string
  /** False for a file that was there already. */
  readonly isNew: boolean
}

export interface FetchOptions {
  /** The data folder. */
  readonly data: string
  /** Where else the files are, below which they have the paths that they get in the data folder. */
  readonly mirror: string | undefined
  readonly observe: (progress: Progress) => Effect.Effect<void>
}

/** The files of data sets, on this machine and where they are published. */
export class DataSets extends Context.Tag("seidr/DataSets")<
  DataSets,
  {
    readonly states: (
      set: DataSet,
      data: string | undefined
    ) => Effect.Effect<ReadonlyArray<FileState>, DataFileWrong>
    /**
     * Downloads what is not there. A file appears whole and checked or not at all; what came of one that broke off is
     * beside it and gone on with.
     */
    readonly fetch: (
      file: DataFile,
      options: FetchOptions
    ) => Effect.Effect<Fetched, FetchFailed | DataFileWrong>
    /** The digest of a file that is there, which has to be the published one, or that of when it was fetched. */
    readonly check: (file: DataFile, data: string) => Effect.Effect<Fetched, DataFileWrong>
  }
>() {}
