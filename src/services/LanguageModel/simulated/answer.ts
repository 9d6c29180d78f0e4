import type { TaskLanguage } from "../../../domain/language.ts"
import type { Mistake, Task } from "../../../domain/psb2/task.ts"
import type { Random } from "../../../domain/random.ts"
import type { Role } from "../../../domain/request.ts"
import { recognise, type Understood, withMistakes, withSurfaceFault } from "./knowledge.ts"
import type { Rates } from "./rates.ts"
import { muttering, wrapped } from "./wrapping.ts"

/** What the simulated model says: a function of what it understood, its rates and one generator. */
export const answerTo = (role: Role, understood: Understood, rates: Rates, random: Random): string => {
  if (role === "explain") return explanation(understood, rates, random)
  if (random.chance(rates.mute)) return muttering(random)
  const { task, language, program } = understood
  if (task === undefined) return wrapped(program ?? echo[language], language, random)
  const next =
    role === "repair" && program !== undefined
      ? repaired(task, understood, program, rates, random)
      : drafted(task, language, rates, random)
  return wrapped(next, language, random)
}

/** What it writes for a problem that it does not know. */
const echo: Readonly<Record<TaskLanguage, string>> = {
  python: "import sys\n\nfor line in sys.stdin:\n    print(line.rstrip())\n",
  cpp: "#include <iostream>\n#include <string>\n\nint main() {\n    std::string line;\n    while (std::getline(std::cin, line)) std::cout << line << '\\n';\n}\n"
}

const drafted = (task: Task, language: TaskLanguage, rates: Rates, random: Random): string => {
  if (random.chance(rates.solve)) return task.programs[language]
  const most = Math.min(rates.mistakes, task.mistakes.length)
  const mistakes = random.shuffle(task.mistakes).slice(0, random.integer(1, most))
  const program = withMistakes(task, language, mistakes)
  return random.chance(rates.surface) ? withSurfaceFault(program, random) : program
}

const surfaceAdvice =
  "The program cannot be run as it stands: mend its syntax and make sure that everything it uses is imported."
const vagueAdvice = [
  "Check the handling of the edge cases.",
  "Make sure that the output has exactly the required format.",
  "Walk through the first example by hand and compare every step."
]

const explanation = ({ task, language, program }: Understood, rates: Rates, random: Random): string => {
  const recognised =
    task === undefined || program === undefined ? undefined : recognise(task, language, program)
  if (task === undefined || recognised === undefined) return random.pick(vagueAdvice)
  const { mistakes, hasSurfaceFault } = recognised
  if (random.chance(rates.insight)) {
    if (hasSurfaceFault) return surfaceAdvice
    if (mistakes.length > 0) return random.pick(mistakes).advice
  }
  return random.chance(0.5) ? random.pick(vagueAdvice) : random.pick(task.mistakes).advice
}

const repaired = (
  task: Task,
  { language, instruction = "" }: Understood,
  program: string,
  rates: Rates,
  random: Random
): string => {
  const recognised = recognise(task, language, program)
  // Somebody else's program: it writes its own, as a model does that does not follow, or leaves it as it is.
  if (recognised === undefined)
    return random.chance(rates.skill) ? drafted(task, language, rates, random) : program
  const { mistakes, hasSurfaceFault } = recognised
  const named = mistakes.find(({ advice }) => instruction.includes(advice))
  const isSurfaceNamed = instruction.includes(surfaceAdvice) || complains.test(instruction)
  const mendsSurface = hasSurfaceFault && random.chance(isSurfaceNamed ? rates.skill : rates.luck)
  const left = slipped(task, mended(mistakes, named, rates, random), rates, random)
  const next = withMistakes(task, language, left)
  // A fault that stays is written anew, in its place or in another.
  return hasSurfaceFault && !mendsSurface ? withSurfaceFault(next, random) : next
}

/** How a compiler's or an interpreter's message looks in an instruction. */
const complains = /SyntaxError|NameError|IndentationError|error:|does not compile/

const mended = (
  mistakes: ReadonlyArray<Mistake>,
  named: Mistake | undefined,
  rates: Rates,
  random: Random
): ReadonlyArray<Mistake> => {
  const followed = named !== undefined && random.chance(rates.skill) ? named : undefined
  const guessed = mistakes.length > 0 && random.chance(rates.luck) ? random.pick(mistakes) : undefined
  const gone = followed ?? guessed
  return mistakes.filter((mistake) => mistake !== gone)
}

const slipped = (
  task: Task,
  mistakes: ReadonlyArray<Mistake>,
  rates: Rates,
  random: Random
): ReadonlyArray<Mistake> => {
  const fresh = task.mistakes.filter((mistake) => !mistakes.includes(mistake))
  return fresh.length > 0 && random.chance(rates.slip) ? [...mistakes, random.pick(fresh)] : mistakes
}
