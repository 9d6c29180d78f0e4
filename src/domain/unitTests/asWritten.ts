import type { Assembly } from "./assembly.ts"

const own = /\b(program\.cpp|program\.go):(\d+)/g

/**
 * What a compiler or a runtime says of an assembled program, in terms of the candidate: its own line numbers, those
 * of the test by themselves, and nothing of the harness.
 */
export const asWritten = ({ before, lines, mark: { name } }: Assembly, text: string): string => {
  const ofCandidate = (file: string, line: number): string =>
    line > before ? `${file}:${line - before}` : `prompt:${line}`
  const placed =
    lines === undefined
      ? text.replace(own, (_, file, line) => ofCandidate(file, Number(line)))
      : text.replace(new RegExp(`\\b${lines.file.replace(".", "\\.")}:(\\d+)`, "g"), (_, line) =>
          Number(line) <= lines.program
            ? ofCandidate(lines.file, Number(line))
            : `test:${Math.max(1, Number(line) - lines.test)}`
        )
  return placed
    .replace(/\btest\.(?:cpp|go):/g, "test:")
    .split("\n")
    .filter((line) => !line.includes(name) || /:\d+:.*error/.test(line))
    .join("\n")
    .replaceAll(new RegExp(`\\$?${name}_?`, "g"), "")
    .trim()
}
