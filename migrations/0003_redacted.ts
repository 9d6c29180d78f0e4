/** Texts that events name and that were taken out on purpose: their hashes stay in the events, and here. */
export const redacted0003: ReadonlyArray<string> = [
  `CREATE TABLE redacted (
    hash TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TRIGGER redacted_is_never_changed BEFORE UPDATE ON redacted
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a redaction cannot be changed'); END`,
  `CREATE TRIGGER redacted_is_never_deleted BEFORE DELETE ON redacted
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a redaction cannot be deleted'); END`
]
