/** How the lines that begin at the margin are read in a language. */
interface Lines {
  /** The names that a line defines for other blocks. */
  readonly definedBy: (line: string) => ReadonlyArray<string>
  /** Whether a line does nothing but define, or is part of a definition. */
  readonly isDefining: (line: string) => boolean
}

export const pythonLines: Lines = {
  definedBy: (line) => {
    const defined = /^(?:async )?(?:def|class) +([A-Za-z_]\w*)/.exec(line) ?? constant.exec(line)
    if (defined !== null) return [defined[1]!]
    const imported = /^(?:from +[\w.]+ +)?import +([^#]+)/.exec(line)?.[1] ?? ""
    return imported.split(",").flatMap((part) => {
      const words = Array.from(part.matchAll(/\w+/g), ([word]) => word)
      const word = words.includes("as") ? words.at(-1) : words[0]
      return word === undefined ? [] : [word]
    })
  },
  isDefining: (line) =>
    /^(?:(?:async )?def |class |import |from |@|sys\.setrecursionlimit\()/.test(line) || isConstant(line)
}

const constant = /^([A-Z][A-Z\d_]*) *(?::[^=]*)?=(?!=)/

/** What is computed when the program begins may fail, or take its time: only values as they are written count. */
const isConstant = (line: string): boolean => {
  const value = constant.test(line) ? line.slice(line.indexOf("=") + 1) : undefined
  const words = value?.replace(/"[^"]*"|'[^']*'|#.*/g, "").match(/[A-Za-z_]\w*/g) ?? []
  return value !== undefined && words.every((word) => /^(?:float|e\d*|True|False|None|[A-Z\d_]+)$/.test(word))
}

export const cppLines: Lines = {
  definedBy: (line) => {
    if (/^(?:using namespace|template)\b|^\W*include\b/.test(line)) return []
    const named =
      /^# *define +([A-Za-z_]\w*)|^(?:struct|class|union|enum|using)(?: class)? +([A-Za-z_]\w*)/.exec(line)
    const [, other, after] = /(?<!\w)([A-Za-z_]\w*) *([=[{,;(])/.exec(line.replace(/<[^;(]*>/, "")) ?? []
    // A line such as `int f(int);` only says that there is one.
    const isDeclared = after === "(" && line.trimEnd().endsWith(";")
    const word = named?.[1] ?? named?.[2] ?? (isDeclared ? undefined : other)
    return word === undefined ? [] : [word]
  },
  isDefining: (line) =>
    /^(?:#|\{|\/?\*|template\b|(?:public|private|protected):)/.test(line) ||
    (/^[A-Za-z_][\w:]*(?:<[^;(]*>)?[\s&*]+[A-Za-z_]/.test(line) &&
      !/^(?:return|else|delete|throw|goto|case|do)\b|(?<!\w)main *\(/.test(line))
}
