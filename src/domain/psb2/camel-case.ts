import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"
import { lowerCase, textOver } from "./values.ts"

export const camelCase: Task = {
  name: "camel-case",
  title: "Kebab case to camel case",
  description: `A text holds groups of words. The groups are separated by single spaces, the words of a group are joined by hyphens.
Turn every group into camel case: drop the hyphens and write the letter after each hyphen as a capital. The first word of
each group stays in small letters, and the spaces between groups stay.

Input: one line, the text: small letters, hyphens and spaces, at most 20 characters; it may be empty.
Output: one line with the converted text (an empty line for an empty text).`,
  inputs: ["string"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [
    ["one-two three"],
    [""],
    ["a"],
    ["plain"],
    ["camel-case"],
    ["three small words"],
    ["x-y-z-x-y-z-x-y-z-x"],
    ["a-b c-d e-f g-h i-j"],
    ["q w e r t y u i o p"],
    ["abcdefghijklmnopqrst"],
    ["almost-twenty-signs"],
    ["the-end is-near"]
  ],
  generate: (random) => {
    const limit = random.integer(1, 20)
    let text = textOver(random, lowerCase, random.integer(1, Math.min(8, limit)))
    const hyphens = random.pick([0.2, 0.5, 0.8, 1])
    for (;;) {
      const next = (random.chance(hyphens) ? "-" : " ") + textOver(random, lowerCase, random.integer(1, 7))
      if (text.length + next.length > limit) return [text]
      text += next
    }
  },
  solve: (text: string) => [text.replace(/-([^-]?)/g, (_, letter: string) => letter.toUpperCase())],
  programs: {
    python: `text = input()
result = ""
previous = ""
for letter in text:
    if letter != "-":
        result += letter.upper() if previous == "-" else letter
    previous = letter
print(result)
`,
    cpp: String.raw`#include <cctype>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string text;
    getline(cin, text);
    string result;
    char previous = '.';
    for (char letter : text) {
        if (letter != '-') {
            if (previous == '-') result += char(toupper(letter));
            else result += letter;
        }
        previous = letter;
    }
    cout << result << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "The letter after a hyphen has to become a capital; dropping the hyphen is not enough.",
      edits: { python: ["letter.upper()", "letter.lower()"], cpp: ["toupper(letter)", "tolower(letter)"] }
    },
    {
      kind: "off-by-one",
      advice: "The very first letter of the text stays small, since no hyphen stands before it.",
      edits: { python: ['previous = ""', 'previous = "-"'], cpp: ["previous = '.'", "previous = '-'"] }
    },
    {
      kind: "logic",
      advice:
        "A space begins a new group, whose first letter stays small: only a hyphen calls for a capital.",
      edits: {
        python: ['previous == "-"', 'previous in ("-", " ")'],
        cpp: ["if (previous == '-')", "if (previous == '-' || previous == ' ')"]
      }
    },
    {
      kind: "format",
      advice: "The hyphens themselves must not appear in the result.",
      edits: {
        python: ['if letter != "-":', 'if letter != "_":'],
        cpp: ["if (letter != '-')", "if (letter != '_')"]
      }
    },
    {
      kind: "edge-case",
      advice: "An empty text gives an empty line and no stand-in word.",
      edits: {
        python: ["text = input()\n", 'text = input() or "empty"\n'],
        cpp: ["getline(cin, text);", 'if (!getline(cin, text) || text.empty()) text = "empty";']
      }
    },
    {
      kind: "logic",
      advice: "Print every group of the text and do not stop at the first space.",
      edits: {
        python: ["print(result)", 'print(result.split(" ")[0])'],
        cpp: ["cout << result <<", "cout << result.substr(0, result.find(' ')) <<"]
      }
    }
  ]
}
