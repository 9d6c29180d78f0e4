import { ours, type Side } from "./sides.ts"

const own = /\b(candidate\.cpp|program\.go):(\d+)/g

/**
 * What a compiler or a runtime says of one of our programs, in terms of the candidate: its own line numbers, those
 * of the test by themselves, and nothing of the harness.
 */
export const asWritten = ({ before = 0, lines, prefix }: Side, text: string): string => {
  const ofCandidate = (file: string, line: number): string =>
    line > before ? `${file}:${line - before}` : `prompt:${line}`
  const placed =
    lines === undefined
      ? text.replace(own, (_, file, line) => ofCandidate(file.replace("candidate", "program"), Number(line)))
      : text.replace(new RegExp(`\\b${lines.file.replace(".", "\\.")}:(\\d+)`, "g"), (_, line) =>
          Number(line) <= lines.program
            ? ofCandidate(lines.file, Number(line))
            : lines.test === undefined
              ? `${ours}:${line}`
              : `test:${Math.max(1, Number(line) - lines.test)}`
        )
  // Macros in a test in Rust are made the library's own.
  const quoted = lines?.test === undefined ? placed : placed.replace(/::std::(?=\w+!)/g, "")
  return quoted
    .replace(/\btest\.(?:cpp|go):/g, "test:")
    .split("\n")
    .filter((line) => !/^\s{100,}\S*$/.test(line) && (!line.includes(ours) || /:\d+:.*error/.test(line)))
    .map((line) => (prefix === undefined ? line : line.replace(prefix, "")))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replaceAll("candidate.cpp", "program.cpp")
    .replaceAll(new RegExp(`\\$?${ours}_?`, "g"), "")
    .trim()
}
