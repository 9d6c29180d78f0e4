/**
 * The log. `event`, `blob` and `lineage` are the truth and can only grow; `run` is a projection that can be dropped
 * and rebuilt; `lease` says who drives a run.
 */
export const log0001: ReadonlyArray<string> = [
  `CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    pos INTEGER NOT NULL,
    type TEXT NOT NULL,
    ver INTEGER NOT NULL,
    node_id TEXT,
    call_key TEXT,
    cause_pos INTEGER,
    request_hash TEXT,
    at INTEGER NOT NULL,
    data TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
  ) STRICT`,
  "CREATE UNIQUE INDEX event_place ON event (run_id, pos)",
  "CREATE UNIQUE INDEX event_answer ON event (run_id, call_key) WHERE type = 'CompletionReceived'",
  `CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event cannot be changed'); END`,
  `CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: an event cannot be deleted'); END`,
  // `INSERT OR REPLACE` deletes without the trigger above, unless a connection asks for recursive triggers.
  `CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq)
      OR EXISTS (SELECT 1 FROM event WHERE run_id = NEW.run_id AND pos = NEW.pos)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: the event is there already'); END`,
  `CREATE TRIGGER event_is_never_answered_again BEFORE INSERT ON event
    WHEN NEW.type = 'CompletionReceived' AND EXISTS (
      SELECT 1 FROM event
      WHERE type = 'CompletionReceived' AND run_id = NEW.run_id AND call_key = NEW.call_key)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: event.call_key has its answer already'); END`,
  `CREATE TABLE blob (
    hash TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    encoding TEXT NOT NULL CHECK (encoding IN ('utf8', 'deflate')),
    content BLOB NOT NULL
  ) STRICT`,
  `CREATE TRIGGER blob_is_never_changed BEFORE UPDATE ON blob
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a blob cannot be changed'); END`,
  `CREATE TRIGGER blob_is_never_deleted BEFORE DELETE ON blob
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: a blob cannot be deleted'); END`,
  `CREATE TRIGGER blob_is_never_replaced BEFORE INSERT ON blob
    WHEN EXISTS (SELECT 1 FROM blob WHERE hash = NEW.hash)
    BEGIN SELECT RAISE(IGNORE); END`,
  `CREATE TABLE lineage (
    run_id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES lineage (run_id),
    parent_pos INTEGER,
    CHECK ((parent_id IS NULL) = (parent_pos IS NULL))
  ) STRICT`,
  `CREATE TRIGGER lineage_is_never_changed BEFORE UPDATE ON lineage
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: lineage cannot be changed'); END`,
  `CREATE TRIGGER lineage_is_never_deleted BEFORE DELETE ON lineage
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: lineage cannot be deleted'); END`,
  `CREATE TRIGGER lineage_is_never_replaced BEFORE INSERT ON lineage
    WHEN EXISTS (SELECT 1 FROM lineage WHERE run_id = NEW.run_id)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only: the lineage is there already'); END`,
  `CREATE TABLE lease (
    run_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    host TEXT NOT NULL,
    machine TEXT NOT NULL,
    pid INTEGER NOT NULL,
    pid_started TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    stop_requested INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE TABLE run (
    run_id TEXT PRIMARY KEY,
    label TEXT,
    problem TEXT NOT NULL,
    language TEXT NOT NULL,
    model TEXT NOT NULL,
    status TEXT NOT NULL,
    programs INTEGER NOT NULL,
    best_node TEXT,
    best_score REAL,
    best_passed INTEGER,
    best_total INTEGER,
    started_at INTEGER NOT NULL
  ) STRICT`,
  "CREATE INDEX run_label ON run (label) WHERE label IS NOT NULL"
]
