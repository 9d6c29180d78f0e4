/**
 * The read models: what runs, nodes, calls, cases and decisions there are, for questions in SQL. Each is a statement
 * over the events, so that nothing is written for it and nothing can be stale; all rows are a run's own, and
 * `ancestry` tells what a fork has from others. See `docs/analysis.md`.
 */
export const readModels = {
  runs: `SELECT run.run_id, run.label, lineage.parent_id, lineage.parent_pos,
      first.data -> 'at' ->> 'kind' AS forked_at, first.data -> 'at' ->> 'node' AS forked_node,
      run.problem, first.data -> 'problem' -> 'origin' ->> 'dataset' AS dataset, run.language,
      first.data -> 'settings' -> 'models' -> 'draft' ->> 'name' AS draft_model,
      first.data -> 'settings' -> 'models' -> 'explain' ->> 'name' AS explain_model,
      first.data -> 'settings' -> 'models' -> 'repair' ->> 'name' AS repair_model,
      first.data -> 'settings' ->> 'maxPrograms' AS max_programs, first.data -> 'settings' ->> 'drafts' AS drafts,
      first.data -> 'settings' ->> 'explanations' AS explanations, first.data -> 'settings' ->> 'repairs' AS repairs,
      first.data -> 'settings' ->> 'beamWidth' AS beam_width,
      first.data -> 'settings' -> 'ranking' ->> 'kind' AS ranking,
      first.data -> 'settings' -> 'ranking' ->> 'size' AS tournament_size,
      first.data -> 'settings' ->> 'instructions' AS instructions,
      first.data -> 'settings' -> 'temperature' ->> 'value' AS temperature,
      first.data -> 'settings' ->> 'seed' AS seed,
      run.status, run.programs, run.best_node, run.best_score, run.best_passed, run.best_total,
      ended.data ->> 'generations' AS generations, ended.data -> 'used' ->> 'calls' AS calls,
      ended.data -> 'used' -> 'tokens' ->> 'in' AS tokens_in, ended.data -> 'used' -> 'tokens' ->> 'out' AS tokens_out,
      ended.data -> 'surplus' ->> 'programs' AS surplus_programs,
      ended.data -> 'surplus' ->> 'calls' AS surplus_calls,
      ended.data -> 'surplus' -> 'tokens' ->> 'in' AS surplus_tokens_in,
      ended.data -> 'surplus' -> 'tokens' ->> 'out' AS surplus_tokens_out,
      CASE WHEN ended.data ->> 'status' = 'solved' THEN ended.data -> 'best' ->> 'index' END AS stop_index,
      ended.data ->> 'digest' AS digest, hidden.data ->> 'score' AS hidden_score,
      hidden.data ->> 'passed' AS hidden_passed, hidden.data ->> 'total' AS hidden_total,
      run.started_at, finished.at AS finished_at,
      (SELECT max(pos) FROM event WHERE event.run_id = run.run_id) - coalesce(lineage.parent_pos, -1) AS events
    FROM run JOIN lineage ON lineage.run_id = run.run_id
      JOIN event AS first ON first.run_id = run.run_id AND first.pos = coalesce(lineage.parent_pos + 1, 0)
      ${lastOf("SearchEnded", "ended", "run")}
      ${lastOf("HiddenScored", "hidden", "run")}
      ${lastOf("RunFinished", "finished", "run")}`,

  nodes: `SELECT place.run_id, node, ${parentOf("node")} AS parent, ${instructionOf("node")} AS instruction,
      ${generationOf("node")} AS generation, program_index, program, reason, score, passed, total, verdicts, source,
      details, survivor_rank, (ended.data ->> 'status' = 'solved' AND program_index > ended.data -> 'best' ->> 'index') IS TRUE AS surplus,
      written_pos, written_at, judged_pos, judged_at
    FROM lineage ${lastOf("SearchEnded", "ended", "lineage")}
    CROSS JOIN (
      SELECT run_id, node, kind, min(kind) OVER place AS first_kind, program_index, program,
        max(reason) OVER place AS reason, score, passed, total, verdicts, source, details,
        max(rank) OVER place AS survivor_rank, max(written_pos) OVER place AS written_pos, max(written_at) OVER place AS written_at, judged_pos, judged_at
      FROM (
        SELECT run_id, 1 AS kind, node_id AS node, data ->> 'index' AS program_index, data ->> 'program' AS program,
          NULL AS reason, data ->> 'score' AS score, data ->> 'passed' AS passed, data ->> 'total' AS total,
          data ->> 'verdicts' AS verdicts, data ->> 'source' AS source, data ->> 'details' AS details, NULL AS rank,
          NULL AS written_pos, NULL AS written_at, pos AS judged_pos, at AS judged_at
        FROM event WHERE type = 'ProgramEvaluated'
        UNION ALL
        SELECT run_id, 2, node_id, data ->> 'index', data ->> 'program', data ->> 'reason', NULL, NULL, NULL, NULL,
          NULL, NULL, NULL, pos, at, NULL, NULL
        FROM event WHERE type = 'ProgramWritten'
        UNION ALL
        SELECT run_id, 3, survivor.value, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, survivor.key, NULL,
          NULL, NULL, NULL
        FROM event, json_each(data, '$.survivors') AS survivor WHERE event.type = 'GenerationRanked'
      ) WINDOW place AS (PARTITION BY run_id, node)
    ) AS place ON place.run_id = lineage.run_id
    WHERE kind = first_kind AND kind < 3`,

  calls: `SELECT run_id, pos, call_key, place, role, program_index, attempt, model, temperature, request_hash, asked_at,
      CASE WHEN adopted_from IS NOT NULL THEN 'adopted' ELSE coalesce(outcome, 'open') END AS outcome,
      ended_pos, ended_at, answer, tokens_in, tokens_out, finish_reason, served_by, latency_ms, adopted_from, error,
      reason
    FROM (
      SELECT run_id, pos, call_key, place, role, program_index, attempt, model, temperature, request_hash, asked_at,
        max(outcome) OVER call AS outcome, max(ended_pos) OVER call AS ended_pos, max(ended_at) OVER call AS ended_at,
        max(answer) OVER call AS answer, max(tokens_in) OVER call AS tokens_in,
        max(tokens_out) OVER call AS tokens_out, max(finish_reason) OVER call AS finish_reason,
        max(served_by) OVER call AS served_by, max(latency_ms) OVER call AS latency_ms,
        max(adopted_from) OVER call AS adopted_from, max(error) OVER call AS error, max(reason) OVER call AS reason
      FROM (
        SELECT run_id, pos AS call, pos, call_key, node_id AS place, data ->> 'role' AS role,
          data ->> 'index' AS program_index, data ->> 'attempt' AS attempt, data -> 'request' ->> 'model' AS model,
          data -> 'request' ->> 'temperature' AS temperature, request_hash, at AS asked_at, NULL AS outcome,
          NULL AS ended_pos, NULL AS ended_at, NULL AS answer, NULL AS tokens_in, NULL AS tokens_out,
          NULL AS finish_reason, NULL AS served_by, NULL AS latency_ms, NULL AS adopted_from, NULL AS error,
          NULL AS reason
        FROM event WHERE type = 'CompletionRequested'
        UNION ALL
        SELECT run_id, cause_pos, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'answered', pos, at,
          data ->> 'answer', data -> 'usage' ->> 'in', data -> 'usage' ->> 'out', data ->> 'finishReason',
          data ->> 'servedBy', data ->> 'latencyMs', data ->> 'adoptedFrom', NULL, NULL
        FROM event WHERE type = 'CompletionReceived'
        UNION ALL
        SELECT run_id, cause_pos, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'failed', pos, at, NULL,
          NULL, NULL, NULL, NULL, NULL, NULL, data ->> 'error', data ->> 'reason'
        FROM event WHERE type = 'CompletionFailed'
      ) WINDOW call AS (PARTITION BY run_id, call)
    ) WHERE pos IS NOT NULL`,

  cases: `SELECT run_id, node, program_index, hidden, number.key AS case_index,
      CASE substr(verdicts, number.key + 1, 1) WHEN 'P' THEN 'Passed' WHEN 'W' THEN 'WrongAnswer'
        WHEN 'R' THEN 'RuntimeError' WHEN 'T' THEN 'TimeLimit' WHEN 'M' THEN 'MemoryLimit'
        WHEN 'O' THEN 'OutputLimit' WHEN 'C' THEN 'CompileError' WHEN 'N' THEN 'NoProgram'
        WHEN 'S' THEN 'Skipped' END AS verdict,
      CASE WHEN substr(verdicts, number.key + 1, 1) = 'P' THEN 1.0 WHEN hidden THEN NULL WHEN partial = '[]' THEN 0.0
        ELSE coalesce((SELECT CAST(part.value ->> 1 AS REAL) FROM json_each(partial) AS part
          WHERE part.value ->> 0 = number.key), 0.0) END AS score,
      pos
    FROM (
      SELECT run_id, pos, node_id AS node, data ->> 'index' AS program_index, type = 'HiddenScored' AS hidden,
        data ->> 'verdicts' AS verdicts, data -> 'partial' AS partial
      FROM event WHERE type IN ('ProgramEvaluated', 'HiddenScored')
    ), json_each('[0' || replace(hex(zeroblob(length(verdicts) - 1)), '00', ',0') || ']') AS number
    WHERE verdicts <> ''`,

  decisions: `SELECT run_id, pos, at, 'survivor' AS kind, data ->> 'generation' AS generation, survivor.key AS rank,
      survivor.value AS node, NULL AS instruction, NULL AS program_index, NULL AS outcome, NULL AS text
    FROM event, json_each(data, '$.survivors') AS survivor
        WHERE event.type = 'GenerationRanked'
    UNION ALL
    SELECT run_id, pos, at, 'instruction', ${generationOf("node_id")} , NULL, ${nodeOf("node_id")}, node_id,
      data ->> 'index', data ->> 'source', data ->> 'text'
    FROM event WHERE type = 'InstructionWritten'
    UNION ALL
    SELECT run_id, pos, at, 'end', data ->> 'generations', NULL, data -> 'best' ->> 'node', NULL,
      data -> 'best' ->> 'index', data ->> 'status', data ->> 'digest'
    FROM event WHERE type = 'SearchEnded'`
} as const

/** The parts that a run's log consists of: its own, and what it has from its ancestors. */
const ancestry = `WITH RECURSIVE line (run_id, depth, source_id, parent_id, parent_pos, until) AS (
      SELECT run_id, 0, run_id, parent_id, parent_pos, 9007199254740991 FROM lineage
      UNION ALL
      SELECT line.run_id, line.depth + 1, lineage.run_id, lineage.parent_id, lineage.parent_pos,
        min(line.until, line.parent_pos)
      FROM line JOIN lineage ON lineage.run_id = line.parent_id
      WHERE line.parent_id <> line.run_id AND line.depth < 100000
    )
    SELECT run_id, depth, source_id, coalesce(parent_pos + 1, 0) AS from_pos, until AS to_pos
    FROM line WHERE from_pos <= to_pos`

const effectiveEvents = `SELECT ancestry.run_id, event.pos, ancestry.source_id, event.type, event.ver, event.node_id,
      event.call_key, event.cause_pos, event.request_hash, event.at, event.data
    FROM ancestry JOIN event
      ON event.run_id = ancestry.source_id AND event.pos BETWEEN ancestry.from_pos AND ancestry.to_pos`

export const views0002: ReadonlyArray<string> = Object.entries({
  ...readModels,
  ancestry,
  effective_events: effectiveEvents
}).map(([name, select]) => `CREATE VIEW ${name} AS ${select}`)

/** The last event of a type that a run has itself: near its end, if it has one. */
function lastOf(type: string, name: string, of: string): string {
  return `LEFT JOIN event AS ${name} ON ${name}.seq = (SELECT seq FROM event
        WHERE event.run_id = ${of}.run_id AND event.type = '${type}' ORDER BY pos DESC LIMIT 1)`
}

/** Without its last step: `d3.e0` of `d3.e0.r1`, `d3` of `d3.e0`. */
function above(place: string): string {
  return `substr(${place}, 1, length(rtrim(${place}, '0123456789')) - 2)`
}

function instructionOf(node: string): string {
  return `CASE WHEN instr(${node}, '.') > 0 THEN ${above(node)} END`
}

function parentOf(node: string): string {
  return `CASE WHEN instr(${node}, '.') > 0 THEN ${above(above(node))} END`
}

function nodeOf(instruction: string): string {
  return above(instruction)
}

/** The number of repairs on the way: that of an instruction is its node's. */
function generationOf(place: string): string {
  return `(length(${place}) - length(replace(${place}, '.', ''))) / 2`
}
