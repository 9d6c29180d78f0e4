import { readdirSync, readFileSync } from "node:fs"
import { Effect, Layer } from "effect"
import type { UnitTestsCheck } from "../../src/domain/check.ts"
import { type CaseResult, defaultLimits } from "../../src/domain/evaluation.ts"
import * as Critics from "../../src/services/Critics/layer.ts"
import { type Evaluated, evaluate } from "../../src/services/Evaluate.ts"
import * as EvaluationCache from "../../src/services/EvaluationCache.ts"
import { layer as sandbox } from "../../src/services/Sandbox/layer.ts"

/** One small task, to give the even numbers of a list, in five languages and in the manner of HumanEval-X. */
interface Task {
  readonly prompt: string
  readonly prelude: string
  readonly setup?: string
  readonly test: string
}

export type TestedLanguage = "cpp" | "java" | "javascript" | "go" | "rust"

export const unitTestTasks: Readonly<Record<TestedLanguage, Task>> = {
  cpp: {
    prompt:
      "/*\nThe even numbers.\n*/\n#include<vector>\nusing namespace std;\nvector<int> evens(vector<int> xs){\n",
    prelude: "#include<vector>\n#include<stdlib.h>\nusing namespace std;\n",
    test: `#undef NDEBUG
#include<assert.h>
bool issame(vector<int> a,vector<int>b){
    if (a.size()!=b.size()) return false;
    for (int i=0;i<a.size();i++) if (a[i]!=b[i]) return false;
    return true;
}
int main(){
    assert (issame(evens({1,2,3,4}),{2,4}));
    assert (evens({6}) == vector<int>({6}));
    assert (evens({1,3}).size()==0);
}
`
  },
  java: {
    prompt:
      "import java.util.*;\n\nclass Solution {\n    /** The even numbers. */\n    public List<Integer> evens(List<Integer> xs) {\n",
    prelude: "import java.util.*;\n",
    test: `public class Main {
    public static void main(String[] args) {
        Solution s = new Solution();
        List<Boolean> correct = Arrays.asList(
                s.evens(new ArrayList<>(Arrays.asList(1, 2, 3, 4))).equals(Arrays.asList(2, 4)),
                s.evens(Arrays.asList(6)).equals(List.of(6)),
                s.evens(Arrays.asList(1, 3)).isEmpty()
        );
        if (correct.contains(false)) {
            throw new AssertionError();
        }
    }
}
`
  },
  javascript: {
    prompt: "/* The even numbers. */\nconst evens = (xs) => {\n",
    prelude: "",
    test: `const testEvens = () => {
  console.assert(
    JSON.stringify(evens([1, 2, 3, 4])) === JSON.stringify([2, 4])
  )
  console.assert(JSON.stringify(evens([6])) === JSON.stringify([6]))
  console.assert(evens([1, 3]).length === 0)
}

testEvens()
`
  },
  go: {
    prompt: "\n// The even numbers.\nfunc Evens(xs []int) []int {\n",
    prelude: "",
    setup: 'package main\n\nimport (\n    "testing"\n    "github.com/stretchr/testify/assert"\n)\n',
    test: `func TestEvens(t *testing.T) {
    assert := assert.New(t)
    assert.Equal([]int{2, 4}, Evens([]int{1, 2, 3, 4}))
    assert.Equal(true, len(Evens([]int{1, 3})) == 0)
    assert.Equal(false, len(Evens([]int{2})) == 0)
}
`
  },
  rust: {
    prompt:
      "/* The even numbers. */\nuse std::collections::HashMap;\n\nfn evens(xs: Vec<i32>) -> Vec<i32> {\n",
    prelude: "use std::collections::HashMap;\n",
    test: `#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_evens() {
        assert_eq!(evens(vec![1, 2, 3, 4]), vec![2, 4]);
        assert_eq!(evens(vec![6]), vec![6]);
        assert!(evens(vec![1, 3]).len() == 0);
    }
}
`
  }
}

const checkOf = (language: TestedLanguage): UnitTestsCheck => {
  const { prelude, prompt, setup = "" } = unitTestTasks[language]
  return {
    _tag: "UnitTests",
    language,
    entryPoint: language === "go" ? "Evens" : "evens",
    prompt,
    prelude,
    setup
  }
}

export const layerUnitTests = Layer.mergeAll(
  Critics.layer({ environment: {} }),
  sandbox({ unconfined: true, environment: process.env }),
  EvaluationCache.layerNone
)

/** What comes of a candidate on the task's one test. */
export const testedBy = (language: TestedLanguage, program: string) =>
  evaluate({
    language,
    program,
    cases: [{ test: unitTestTasks[language].test }],
    check: checkOf(language),
    limits: { ...defaultLimits, timeMs: 10_000, memoryBytes: 2 ** 29 }
  }).pipe(Effect.map(({ evaluation }: Evaluated): CaseResult => evaluation.cases[0]!))

/** The candidates of a folder, by the names of their files. */
export const candidates = (language: TestedLanguage, kind: "cheats" | "right"): ReadonlyArray<Candidate> => {
  const folder = `test/hostile/unitTests/${language}/${kind}/`
  return readdirSync(folder).map((name) => ({
    name: name.slice(0, name.indexOf(".")),
    program: readFileSync(folder + name, "utf8")
  }))
}

interface Candidate {
  readonly name: string
  readonly program: string
}
