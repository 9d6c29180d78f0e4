import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { printable, textOver, times } from "./values.ts"

export const indicesOfSubstring: Task = {
  name: "indices-of-substring",
  title: "All places of a text in another",
  description: `Print every index at which a target begins inside a text, in ascending order. Indices count from 0, and occurrences may
overlap. Spaces are characters like all others.

Input: two lines: the text and the target, each of 1 to 20 printable characters; both may begin or end with spaces.
Output: two lines: the number of indices, and the indices separated by spaces (an empty line if there are none).`,
  inputs: ["string", "string"],
  outputs: ["ints"],
  comparison: exactly,
  edges: [
    ["banana", "an"],
    ["aaaa", "aa"],
    ["x", "x"],
    ["x", "y"],
    ["short", "much longer target"],
    ["abcabcabcabcabcabcab", "abcab"],
    ["Case case CASE", "case"],
    ["  lead", "l"],
    ["a b c d ", " "],
    ["end of the line", "line"],
    ["(1+1)*(1+1)", "(1"],
    ["zzzzzzzzzzzzzzzzzzzz", "z"],
    ["exactly twenty chars", "exactly twenty chars"]
  ],
  generate: (random) => {
    const alphabet = random.chance(0.5) ? textOver(random, printable, random.integer(1, 3)) : printable
    const target = textOver(random, alphabet, random.pick([1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6]))
    const length = random.integer(1, 20)
    const share = 0.8 * random.number()
    const parts = times(length, () => (random.chance(share) ? target : textOver(random, alphabet, 1)))
    const text = parts.join("").slice(0, length)
    return [random.chance(0.1) ? ` ${text}`.slice(0, 20) : text, target]
  },
  solve: (text: string, target: string) => [
    times(text.length, (index) => index).filter((index) => text.startsWith(target, index))
  ],
  programs: {
    python: `text = input()
target = input()
indices = []
start = text.find(target)
while start != -1:
    indices.append(start)
    start = text.find(target, start + 1)
print(len(indices))
print(*indices)
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string text, target;
    getline(cin, text);
    getline(cin, target);
    vector<size_t> indices;
    size_t start = text.find(target);
    while (start != string::npos) {
        indices.push_back(start);
        start = text.find(target, start + 1);
    }
    cout << indices.size() << "\n";
    for (size_t place = 0; place < indices.size(); ++place) {
        cout << (place > 0 ? " " : "") << indices[place];
    }
    cout << "\n";
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice: "Occurrences may overlap: look for the next one a single character further on.",
      edits: {
        python: ["text.find(target, start + 1)", "text.find(target, start + max(1, len(target)))"],
        cpp: ["text.find(target, start + 1)", "text.find(target, start + max<size_t>(1, target.size()))"]
      }
    },
    {
      kind: "off-by-one",
      advice: "The first character of the text has index 0.",
      edits: {
        python: ["append(start)", "append(start + 1)"],
        cpp: ["push_back(start)", "push_back(start + 1)"]
      }
    },
    {
      kind: "logic",
      advice: "Find all the occurrences and do not stop after the first.",
      edits: { python: ["while start", "if start"], cpp: ["while (start", "if (start"] }
    },
    {
      kind: "edge-case",
      advice: "Spaces at the start of the text belong to it; removing them shifts every index.",
      edits: {
        python: ["text = input()\n", 'text = input().lstrip(" ")\n'],
        cpp: ["getline(cin, text);", "getline(cin >> ws, text);"]
      }
    },
    {
      kind: "format",
      advice: "Separate the indices by spaces instead of commas.",
      edits: { python: ["print(*indices)", 'print(*indices, sep=",")'], cpp: ['? " " :', '? "," :'] }
    }
  ]
}
