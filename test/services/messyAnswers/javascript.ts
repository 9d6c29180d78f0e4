import { fenced, noFiles, type Row } from "./words.ts"

export const javascript: ReadonlyArray<Row> = [
  [
    "a file for its input",
    fenced(
      "js",
      'const text = require("fs").readFileSync("input.txt", "utf8")',
      'const [a, b] = text.split(" ").map(Number)',
      "console.log(a + b)"
    ),
    "RuntimeError",
    new RegExp(`ENOENT: no such file or directory, open 'input.txt'[\\s\\S]*\n${noFiles}$`)
  ],
  [
    "standard input as a file",
    fenced(
      "js",
      'const [a, b] = require("fs").readFileSync("/dev/stdin", "utf8").split(" ").map(Number)',
      "console.log(a + b)"
    ),
    "Passed",
    /^/
  ]
]
