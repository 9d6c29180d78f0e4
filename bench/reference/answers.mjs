// What the model of the comparison answers: a function of what a request says, so that it does not matter who asks, when,
// and in which order. Programs are those of the built-in problems with some of their known mistakes, each with a mark of its
// own, so that no two are the same and no cache helps anyone.
import { createHash } from "node:crypto"
import { tasks } from "../../dist/src/domain/psb2/tasks.js"

const hashOf = (...parts) => createHash("sha256").update(JSON.stringify(parts)).digest()

const programMark = /attempt ([0-9a-f]{12})/
const instructionMark = /change ([0-9a-f]{12})/

/**
 * The name of a model, which says all about it: `gpt/PROBLEM/LANGUAGE/KIND/SEED`. The reference takes a model for OpenAI's
 * if there is `gpt` in its name. Of kind `endless` no program is right; of kind `solvable` a repair may be.
 */
export const modelOf = ({ problem, language, kind, seed }) => ["gpt", problem, language, kind, seed].join("/")

/**
 * The answer to a request. Its role is told by what is in it: an instruction of ours, else a program of ours, else nothing.
 * The temperature tells the samples of one place apart; it is rounded, because the reference adds it up.
 */
export const answerTo = ({ model, temperature, text }) => {
  const [, problem, language, kind] = model.split("/")
  const program = programIn(text)
  const instruction = instructionMark.exec(text)?.[1] ?? null
  const role = program === null ? "draft" : instruction === null ? "explain" : "repair"
  const hash = hashOf(model, role, program, instruction, temperature.toFixed(6))
  const mark = hash.toString("hex").slice(0, 12)
  if (role === "explain") return `Make change ${mark}: look again at the last thing that is computed.`
  const source = programOf(problem, language, mistakesOf(hash, kind, role), mark)
  return `\`\`\`${language}\n${source}\`\`\``
}

/** The fenced block with our mark, without the lines around it. */
const programIn = (text) => {
  for (const [, block] of text.matchAll(/^```[a-z+]*\n([\s\S]*?)\n```/gm)) {
    if (programMark.test(block)) return block.trim()
  }
  return null
}

const mistakesOf = (hash, kind, role) => {
  const bits = hash[0]
  const isSome = (number) => ((bits >> number) & 1) === 1
  // Drafts, and programs that must not be right, have one mistake at least.
  const sure = kind === "endless" || role === "draft" ? hash[1] % 4 : -1
  return (number) => isSome(number) || number === sure
}

const programOf = (problem, language, isIn, mark) => {
  const { mistakes, programs } = tasks.get(problem)
  const wrong = mistakes.reduce((source, { edits }, number) => {
    const [right, mistaken] = edits[language]
    return isIn(number) ? source.replace(right, () => mistaken) : source
  }, programs[language])
  return `${language === "python" ? "#" : "//"} attempt ${mark}\n${wrong}`
}
