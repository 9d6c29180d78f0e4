import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"
import { printable, textOver } from "./values.ts"

export const middleCharacter: Task = {
  name: "middle-character",
  title: "Middle of a text",
  description: `Print the middle character of a text whose length is odd, or the two middle characters of a text whose length is even.
Spaces count as characters, at both ends of the text as well.

Input: one line, the text: 1 to 100 printable characters.
Output: one line with the one or two characters, which may be spaces.`,
  inputs: ["string"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [
    ["abc"],
    ["abcd"],
    ["a"],
    ["ab"],
    ["?!"],
    ["   "],
    ["    "],
    ["ab   "],
    ["   ab"],
    ["even length!"],
    ["odd length!"],
    ["0123456789".repeat(10)],
    ["x".repeat(48) + "<=>" + "x".repeat(48)]
  ],
  generate: (random) => {
    const length = random.chance(0.1) ? 2 : random.integer(1, random.pick([10, 100]))
    const text = textOver(random, printable, length)
    return [random.chance(0.1) ? text.padEnd(Math.min(100, length + random.integer(1, 5))) : text]
  },
  solve: (text: string) => {
    const half = Math.ceil(text.length / 2)
    return [text.slice(half - 1, text.length - half + 1)]
  },
  programs: {
    python: `text = input()
middle = len(text) // 2
if len(text) % 2 == 1:
    print(text[middle])
else:
    print(text[middle - 1:middle + 1])
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string text;
    getline(cin, text);
    int length = text.size();
    int middle = length / 2;
    if (length % 2 == 1) {
        cout << text[middle] << "\n";
    } else {
        cout << text.substr(middle - 1, 2) << "\n";
    }
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "With an even length the two characters begin one place earlier, just before the half.",
      edits: {
        python: ["text[middle - 1:middle + 1]", "text[middle:middle + 2]"],
        cpp: ["text.substr(middle - 1, 2)", "text.substr(middle, 2)"]
      }
    },
    {
      kind: "off-by-one",
      advice: "With an odd length the middle is at the half rounded down, and not the character after it.",
      edits: {
        python: ["text[middle])", "text[(middle + 1) % len(text)])"],
        cpp: ["text[middle] <<", "text[(middle + 1) % length] <<"]
      }
    },
    {
      kind: "edge-case",
      advice: "Do not remove spaces from the end of the text, since they belong to its length.",
      edits: {
        python: ["text = input()\n", 'text = input().rstrip(" ")\n'],
        cpp: [
          "getline(cin, text);",
          "getline(cin, text, '\\n');\n    while (!text.empty() && text.back() == ' ') text.pop_back();"
        ]
      }
    },
    {
      kind: "edge-case",
      advice: "A text of two characters has an even length, so both of them are its middle.",
      edits: {
        python: ["% 2 == 1:", "% 2 == 1 or len(text) == 2:"],
        cpp: ["length % 2 == 1)", "length % 2 == 1 || length == 2)"]
      }
    }
  ]
}
