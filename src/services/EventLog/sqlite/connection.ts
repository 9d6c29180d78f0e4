import Database from "better-sqlite3"

/** Runs one statement and gives its rows; throws what SQLite throws. It is prepared once per connection. */
export type Ask = <Row extends object>(
  statement: string,
  parameters?: ReadonlyArray<unknown>
) => ReadonlyArray<Row>

/** The same, with each row as the list of its columns: half the time for many rows. */
export type AskLists = <Row extends ReadonlyArray<unknown>>(
  statement: string,
  parameters: ReadonlyArray<unknown>
) => ReadonlyArray<Row>

/** A connection without an Effect around each statement, for the loops that write and read logs. */
export interface Connection {
  readonly ask: Ask
  readonly askLists: AskLists
  /**
   * One transaction that holds the write lock from its first statement. What it throws comes after the rollback: SQLite
   * may have rolled back by itself already.
   */
  readonly transaction: <A>(body: () => A) => A
  readonly close: () => void
}

/** How long (ms) a statement waits for another process, during which the event loop stands still. */
const shortWait = 50

export const connectionTo = (path: string, use: "reading" | "writing"): Connection => {
  const database = new Database(path, {
    readonly: use === "reading",
    fileMustExist: true,
    timeout: shortWait
  })
  const statementOf = once((text) => database.prepare<Array<unknown>>(text))
  const statementOfLists = once((text) => database.prepare<Array<unknown>>(text).raw())
  const askLists: AskLists = <Row extends ReadonlyArray<unknown>>(
    text: string,
    parameters: ReadonlyArray<unknown>
  ) => statementOfLists(text).all(...parameters) as ReadonlyArray<Row>
  const ask: Ask = <Row extends object>(text: string, parameters: ReadonlyArray<unknown> = []) => {
    const statement = statementOf(text)
    if (statement.reader) return statement.all(...parameters) as ReadonlyArray<Row>
    statement.run(...parameters)
    return []
  }
  return {
    ask,
    askLists,
    transaction: (body) => {
      ask("BEGIN IMMEDIATE")
      try {
        const value = body()
        ask("COMMIT")
        return value
      } catch (error) {
        if (database.inTransaction) ask("ROLLBACK")
        throw error
      }
    },
    close: () => database.close()
  }
}

/** Makes a statement when it is first asked for. */
const once = <Statement>(prepare: (text: string) => Statement) => {
  const prepared = new Map<string, Statement>()
  return (text: string): Statement => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const statement = prepare(text)
    prepared.set(text, statement)
    return statement
  }
}
