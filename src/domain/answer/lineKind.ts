import { type Language, languages, type TaskLanguage } from "../language.ts"

/** `code` could not be a sentence, `prose` could not be code; `neutral` takes the kind of its neighbours. */
export type LineKind = "code" | "prose" | "neutral"

/**
 * Judges one line by its looks alone; lines inside a long string or comment must not be asked about. In a language
 * whose looks are not known, every line is neutral.
 */
export const lineKind = (line: string, language: Language): LineKind => {
  const text = line.trim().slice(0, longestLook)
  if (text === "") return "neutral"
  const { looksLike } = languages[language]
  if (looksLike === undefined) return "neutral"
  if (codeLooks[looksLike](text)) return "code"
  return proseLooks(text, /^\s/.test(line)) ? "prose" : "neutral"
}

/** A longer line is judged by its beginning, so that the patterns below cost little. */
const longestLook = 400

const proseLooks = (text: string, indented: boolean): boolean =>
  /^(?:[-*•+]|\d{1,3}[.)])\s+(?:\*\*|`|["'(]?[A-Z])/.test(text) ||
  /^(?:\*\*|>\s|#{2,6}\s|---|===|\|)/.test(text) ||
  (!indented &&
    !/[;{}\\]$/.test(text) &&
    (/^["'“(]?[A-Za-z][\w'’-]*[,:;]?\s+[`"'“(]?[A-Za-z'’-]+[`"'”)]?(?:[\s,.:;!?]|$)/.test(text) ||
      /^[A-Za-z][\w'’ -]*[.:!?]+$/.test(text)))

const isAssignment = (text: string): boolean => {
  const at = /(?<![=!<>])=(?!=)/.exec(text)?.index
  if (at === undefined) return false
  const left = text.slice(0, at).replace(/[-+*/%&|^<>@:]+$/, "")
  return left.split(",").every((part) => /^\s*[(*]?[A-Za-z_][\w.]*(?:\s*:[^,]*|\[.*\])?\)?\s*$/.test(part))
}

const codeLooks: Readonly<Record<TaskLanguage, (text: string) => boolean>> = {
  python: (text) =>
    /^(?:import [\w.]+(?:\s*,\s*[\w.]+)*(?: as \w+)?;?$|from [\w.]+ import )/.test(text) ||
    /^(?:async )?def \w+\s*\(/.test(text) ||
    // An interpreter's prompt.
    /^>>> \S/.test(text) ||
    /^(?:class \w+\s*[(:]|@[\w.]+(?:\(|$))/.test(text) ||
    /^(?:if|elif|while|for|with|try|except|else|finally|match|case)\b.*:\s*(?:#.*)?$/.test(text) ||
    /^(?:if|while|for) .*: \S/.test(text) ||
    /^(?:return\b.*[\w)\]"']|pass|break|continue)$/.test(text) ||
    /^[a-z_][\w.]*\(.*[)(,[{]\s*(?:#.*)?$/.test(text) ||
    isAssignment(text),
  cpp: (text) =>
    /^#\s*(?:include|define|pragma|ifdef|ifndef|if|endif|else|undef)\b/.test(text) ||
    /^(?:using namespace \w+;|using \w+ =|typedef\b.*;|template\s*<|namespace \w+\s*\{|(?:struct|class|enum) \w+.*[{:;]$)/.test(
      text
    ) ||
    /^(?:(?:static|const|constexpr|inline|unsigned|long|extern)\s+)*(?:int|long|char|bool|void|double|float|auto|string|size_t|std::|vector\s*<)[\w\s:<>,*&]*\(.*[){;]$/.test(
      text
    ) ||
    /^(?:if|for|while|switch)\s*\(.*[){;]$/.test(text) ||
    /^(?:std::)?(?:cin|cout|cerr)\s*(?:<<|>>)/.test(text) ||
    /^(?:public|private|protected|default|case \w+):/.test(text) ||
    /[\w)\]"'>]\s*;$/.test(text) ||
    /^[{}][;,]?$/.test(text)
}

/** Whether a line is nothing but a comment, which belongs to the code below it. */
export const isComment = (line: string, language: Language): boolean =>
  languages[language].looksLike === "python" ? /^\s*#(?!#)/.test(line) : /^\s*(?:\/\/|\/\*|\*)/.test(line)
