import { resolve } from "node:path"
import { SqlError } from "@effect/sql/SqlError"
import Database from "better-sqlite3"
import { Effect, type Scope } from "effect"

/** What the driver does, with its failures as those of the client. */
export const driven = <A>(use: () => A): Effect.Effect<A, SqlError> =>
  Effect.try({ try: use, catch: (cause) => new SqlError({ cause, message: "Failed on a connection" }) })

/**
 * A connection of the driver itself, until the scope closes: for what the client does not offer (copies, several files
 * on one connection). It never waits by itself, which would block the event loop.
 */
export const rawDatabase = (
  file: string,
  options: Database.Options = {}
): Effect.Effect<Database.Database, SqlError, Scope.Scope> =>
  Effect.acquireRelease(
    driven(() => new Database(resolve(file), { fileMustExist: true, timeout: 0, ...options })),
    (database) => Effect.sync(() => database.close())
  )
