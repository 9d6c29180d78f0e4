/*
 * What the text of a program shows of the habits that programs of models have. By its looks, in any language that is
 * written so: it serves for a hint beside a failure, and not for a judgement.
 */

/** Whether it opens a file of some name to read it, and no condition before it is seen. */
export const readsFile = (program: string): boolean => {
  const lines = unconditional(program)
  if (lines.some((line) => opensStream.test(line))) return true
  // What fails with an error of its own elsewhere may be followed by another way to read.
  return !/\bstdin\b|\binput\s*\(/.test(program) && lines.some((line) => opensByFunction.test(line))
}

/** Whether it opens a file of some name to write to it. */
export const writesFile = (program: string): boolean =>
  unconditional(program).some((line) => opensOutput.test(line))

/** Whether it takes words from the command line. */
export const takesArguments = (program: string): boolean => wordsOfCommand.test(program)

/** Whether it has a loop without end that reads, and nothing in its text ends it where the input does. */
export const readsOnAndOn = (program: string): boolean => {
  const text = linesOf(program).join("\n")
  return (
    (endlessInPython.test(text) && /\breadline\(\)/.test(text) && !endsWithInputInPython.test(text)) ||
    (endlessInC.test(text) &&
      /\bcin\s*>>|\bscanf\s*\(|\bgetline\s*\(/.test(text) &&
      !looksForEndInC.test(text))
  )
}

const wordsOfCommand =
  /\bargv\s*\[\s*[1-9]|\b(?:os\.)?Args\s*\[\s*[1-9]|\bargs\s*\[\s*\d|\bARGV\b|\bargparse\b/

const endlessInPython =
  /^[ \t]*while \(?(?:True|1|\w+ is not None|\w+ != (?:\d+|None|"[^"\n]+"|'[^'\n]+'))\)? ?:/m
/** An empty line that is looked for, and acted upon. */
const endsWithInputInPython =
  /\bif (?:not [\w.()]+|[\w.()]+ ?== ?b?(?:""|'')|len\([\w.()]+\) ?(?:== ?0|< ?1))[^\n:]*:[^\S\n]*(?:#[^\n]*)?\n?[^\S\n]*(?:break|return|raise|quit|exit|sys\.exit|os\._exit)\b/

const endlessInC = /\bwhile ?\( ?(?:true|1) ?\)|\bfor ?\( ?; ?; ?\)/
const looksForEndInC =
  /\bEOF\b|\beof\(|\bfail\(|\bgood\(|! ?\(? ?(?:std::)?(?:cin|getline)\b|\bif ?\( ?(?:std::)?(?:cin|getline|scanf)\b|\bscanf ?\([^)\n]*\) ?[!=<>]/

const named = `["'](?!/dev/stdin)[^"'\\n]+["']`
const opensStream = new RegExp(
  `\\bf(?:re)?open ?\\( ?${named} ?, ?"r|\\bifstream(?: \\w+)? ?[({] ?${named}|\\b(?:f?in|ifs|file)\\.open\\( ?${named}`
)
const opensByFunction = new RegExp(`(?<![.\\w])open\\( ?${named} ?(?:\\)|, ?["']r)`)
const opensOutput = new RegExp(
  `\\bf(?:re)?open ?\\( ?${named} ?, ?"w|\\bofstream(?: \\w+)? ?[({] ?${named}|(?<![.\\w])open\\( ?${named} ?, ?["'][wa]`
)

/** The lines that are no comments, and neither are a condition nor stand right behind one. */
const unconditional = (program: string): ReadonlyArray<string> => {
  let depends = false
  return linesOf(program).filter((line) => {
    const before = depends
    if (line.trim() !== "")
      depends = /^\s*(?:# ?if(?:def)? |(?:\} ?else )?if\b)/.test(line) && !/;\s*$/.test(line)
    return !before && !/^\s*(?:\/\/|\*|#|if\b)/.test(line)
  })
}

/** Lines by their beginnings, so that no pattern costs much. */
const linesOf = (program: string): ReadonlyArray<string> =>
  program.split("\n").map((line) => line.slice(0, longestLook))

const longestLook = 200
