import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Sandbox } from "../../src/services/Sandbox.ts"
import { candidates, layerUnitTests, type TestedLanguage, testedBy } from "./unitTestTasks.ts"

const languages: ReadonlyArray<TestedLanguage> = ["cpp", "java", "javascript", "go", "rust"]

layer(layerUnitTests)("unit tests", (it) => {
  for (const language of languages) {
    for (const { name, program } of candidates(language, "cheats")) {
      it.effect(`in ${language}: a cheat does not pass: ${name}`, (context) =>
        Effect.gen(function* () {
          if (yield* isAbsent(language)) return context.skip(`there is no tool chain for ${language}`)
          const result = yield* testedBy(language, program)
          expect(result.verdict, result.error).not.toBe("Passed")
          expect(result.score).toBe(0)
        })
      )
    }
    for (const { name, program } of candidates(language, "right")) {
      it.effect(`in ${language}: a right program passes: ${name}`, (context) =>
        Effect.gen(function* () {
          if (yield* isAbsent(language)) return context.skip(`there is no tool chain for ${language}`)
          const result = yield* testedBy(language, program)
          expect(result.verdict, result.error).toBe("Passed")
        })
      )
    }
    it.effect(`in ${language}: the call before the failure is told`, (context) =>
      Effect.gen(function* () {
        if (yield* isAbsent(language)) return context.skip(`there is no tool chain for ${language}`)
        // Right but for the last check of each test.
        const { error, verdict } = yield* testedBy(language, wrong[language])
        expect(verdict, error).toBe("WrongAnswer")
        expect(error?.split("\n").at(-1)).toBe(`${language === "go" ? "Evens" : "evens"}([1, 3]) gave [1]`)
        expect(error).toContain(quoted[language])
        // What a test has told is told again, to the letter.
        expect((yield* testedBy(language, wrong[language])).error).toBe(error)
      })
    )
  }

  it.effect(
    "in java: the call of the check that fails first is told, which is not the last call",
    (context) =>
      Effect.gen(function* () {
        if (yield* isAbsent("java")) return context.skip("there is no tool chain for java")
        const program =
          "import java.util.*;\nclass Solution { public List<Integer> evens(List<Integer> xs) { return xs; } }\n"
        expect((yield* testedBy("java", program)).error).toBe(
          "s.evens(new ArrayList<>(Arrays.asList(1, 2, 3, 4))).equals(Arrays.asList(2, 4)) (line 5 of the test)\nevens([1, 2, 3, 4]) gave [1, 2, 3, 4]"
        )
      })
  )
})

const wrong: Readonly<Record<TestedLanguage, string>> = {
  cpp: "#include <vector>\nstd::vector<int> evens(std::vector<int> xs) { std::vector<int> all; for (int x : xs) if (x % 2 == 0 || xs.size() == 2 && x == 1) all.push_back(x); return all; }\n",
  java: "import java.util.*;\nclass Solution { public List<Integer> evens(List<Integer> xs) { List<Integer> all = new ArrayList<>(); for (int x : xs) if (x % 2 == 0 || xs.size() == 2 && x == 1) all.add(x); return all; } }\n",
  javascript: "const evens = (xs) => xs.filter((x) => x % 2 === 0 || (xs.length === 2 && x === 1))\n",
  go: "func Evens(xs []int) []int { all := []int{}; for _, x := range xs { if x % 2 == 0 || len(xs) == 2 && x == 1 { all = append(all, x) } }; return all }\n",
  rust: "fn evens(xs: Vec<i32>) -> Vec<i32> { let two = xs.len() == 2; xs.into_iter().filter(|x| x % 2 == 0 || two && *x == 1).collect() }\n"
}

const quoted: Readonly<Record<TestedLanguage, string>> = {
  cpp: "assert(evens({1,3}).size()==0)",
  java: "s.evens(Arrays.asList(1, 3)).isEmpty() (line 7 of the test)",
  javascript: "evens([1, 3]).length === 0",
  go: "Equal: expected true, the program gives false (line 4 of the test)",
  rust: "evens(vec![1, 3]).len() == 0"
}

const isAbsent = (language: TestedLanguage) =>
  Effect.gen(function* () {
    return (yield* Effect.either((yield* Sandbox).toolchain(language)))._tag === "Left"
  })
