import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

export const solveBoolean: Task = {
  name: "solve-boolean",
  title: "Value of a Boolean expression",
  description: `Evaluate a Boolean expression of the constants t (true) and f (false), with & (and) and | (or) between them. There are
no brackets and no precedence: it is evaluated strictly from left to right.

Input: one line, the expression: constants and operators in turn, without spaces, at most 20 characters, beginning and
ending with a constant.
Output: one line: True or False.`,
  inputs: ["string"],
  outputs: ["bool"],
  comparison: exactly,
  edges: [
    ["t&f|t"],
    ["t"],
    ["f"],
    ["t&t"],
    ["f|f"],
    ["t|t&f"],
    ["f&f|t"],
    ["t|f&f"],
    ["f|t|f|t|f|t|f|t|f|t"],
    ["t&t&t&t&t&t&t&t&t&t"],
    ["t&t&t&t&t&t&t&t&t&f"],
    ["f&t|t&t|f"],
    ["f|f|f|f|f|f|f|f|f|t"]
  ],
  generate: (random) => {
    const truth = random.pick([0.3, 0.5, 0.8])
    const terms = times<string>(random.integer(2, 10), () => (random.chance(truth) ? "t" : "f"))
    return [terms.reduce((left, right) => left + random.pick(["&", "|"]) + right)]
  },
  solve: (expression: string) => {
    let value = expression.startsWith("t")
    for (let index = 1; index < expression.length; index += 2) {
      const next = expression[index + 1] === "t"
      value = expression[index] === "&" ? value && next : value || next
    }
    return [value]
  },
  programs: {
    python: `text = input()
value = text[0] == "t"
for index in range(1, len(text), 2):
    operand = text[index + 1] == "t"
    if text[index] == "&":
        value = value and operand
    else:
        value = value or operand
print(value)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string text;
    getline(cin, text);
    int length = text.size();
    bool value = text[0] == 't';
    for (int index = 1; index < length; index += 2) {
        bool operand = text[index + 1] == 't';
        if (text[index] == '&') {
            value = value && operand;
        } else {
            value = value || operand;
        }
    }
    cout << (value ? "True" : "False") << "\n";
}
`
  },
  mistakes: [
    {
      kind: "format",
      advice: "The answer is written with a capital letter, True or False.",
      edits: {
        python: ["print(value)", "print(str(value).lower())"],
        cpp: ['"True" : "False"', '"true" : "false"']
      }
    },
    {
      kind: "off-by-one",
      advice: "The last operator and its operand belong to the expression and are skipped here.",
      edits: {
        python: ["len(text), 2)", "len(text) - 2, 2)"],
        cpp: ["index < length;", "index < length - 2;"]
      }
    },
    {
      kind: "logic",
      advice: "The sign & means and, so the value stays false when it already was.",
      edits: {
        python: ["value = value and operand", "value = operand"],
        cpp: ["value = value && operand", "value = operand"]
      }
    },
    {
      kind: "logic",
      advice: "An or of two true operands is true: it is not an exclusive or.",
      edits: {
        python: ["value or operand", "value != operand"],
        cpp: ["value || operand", "value != operand"]
      }
    },
    {
      kind: "edge-case",
      advice: "An expression without operators has the value of its only constant, which may be false.",
      edits: {
        python: ['text[0] == "t"\n', 'text[0] == "t" or len(text) == 1\n'],
        cpp: ["text[0] == 't';", "text[0] == 't' || length == 1;"]
      }
    }
  ]
}
