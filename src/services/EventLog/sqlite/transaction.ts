import { SqlError } from "@effect/sql/SqlError"
import type { SqliteClient } from "@effect/sql-sqlite-node/SqliteClient"
import { Effect } from "effect"

/** Runs one statement on the connection of a transaction; it is prepared once per connection. */
export type Run = <Row extends object>(
  statement: string,
  parameters?: ReadonlyArray<unknown>
) => Effect.Effect<ReadonlyArray<Row>, SqlError>

/**
 * One transaction that holds the write lock from its first statement, and cannot be interrupted. The client's own
 * `withTransaction` takes that lock late, and turns a failing COMMIT (a full disk) into a defect that leaves the
 * transaction open; here it is a failure like any other, and what follows a failure is a rollback.
 */
export const transact = <A, E>(
  sql: SqliteClient,
  body: (run: Run) => Effect.Effect<A, E>
): Effect.Effect<A, E | SqlError> =>
  Effect.uninterruptible(
    Effect.scoped(
      Effect.flatMap(sql.reserve, (connection) => {
        const run: Run = (statement, parameters = []) => connection.execute(statement, parameters, undefined)
        return run("BEGIN IMMEDIATE").pipe(
          Effect.zipRight(body(run)),
          Effect.zipLeft(run("COMMIT")),
          // A defect of the driver is a failure of the statement, for those who wait for it.
          Effect.catchAllDefect((cause) => new SqlError({ cause, message: "Failed in a transaction" })),
          // SQLite may have rolled back by itself: then there is nothing to do, and saying so is its only failure.
          Effect.tapErrorCause(() => Effect.ignore(run("ROLLBACK")))
        )
      })
    )
  )
