import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"
import { lowerCase, textOver } from "./values.ts"

export const spinWords: Task = {
  name: "spin-words",
  title: "Long words backwards",
  description: `Write every word of a text that has five letters or more backwards. Shorter words, the order of the words and the
spaces between them stay as they are.

Input: one line, the text: words of small letters with single spaces between them, at most 20 characters; it may be empty.
Output: one line with the changed text (an empty line for an empty text).`,
  inputs: ["string"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [
    ["turn these words"],
    [""],
    ["a"],
    ["four"],
    ["fives"],
    ["sixsix"],
    ["abcdefghijklmnopqrst"],
    ["one two three four"],
    ["level kayak"],
    ["abcde a abcde a abcd"],
    ["z y x w v u t s r q"],
    ["abcdefghijklm nopqrs"],
    ["alpha omega"]
  ],
  generate: (random) => {
    const limit = random.integer(1, 20)
    const word = () => textOver(random, lowerCase, random.integer(1, random.chance(0.8) ? 8 : 16))
    let text = word()
    while (text.length < limit) text += ` ${word()}`
    return [text.slice(0, limit).trimEnd()]
  },
  solve: (text: string) => [text.replace(/[^ ]{5,}/g, (word) => [...word].reverse().join(""))],
  programs: {
    python: `words = input().split(" ")
result = []
for word in words:
    if len(word) >= 5:
        word = word[::-1]
    result.append(word)
print(" ".join(result))
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string text, word;
    getline(cin, text);
    istringstream words(text);
    vector<string> result;
    while (getline(words, word, ' ')) {
        if (word.size() >= 5) {
            reverse(word.begin(), word.end());
        }
        result.push_back(word);
    }
    string joined;
    for (size_t index = 0; index < result.size(); ++index) {
        if (index > 0) joined += " ";
        joined += result[index];
    }
    cout << joined << "\n";
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "A word of exactly five letters is turned round as well.",
      edits: { python: [">= 5", "> 5"], cpp: [">= 5", "> 5"] }
    },
    {
      kind: "logic",
      advice: "The first word gets no exception: it is reversed if it is long enough.",
      edits: {
        python: ["if len(word)", "if result and len(word)"],
        cpp: ["if (word.size()", "if (!result.empty() && word.size()"]
      }
    },
    {
      kind: "edge-case",
      advice: "Very long words keep all their letters when they are reversed.",
      edits: {
        python: ["word[::-1]", "word[:12][::-1]"],
        cpp: [
          "reverse(word.begin(), word.end());",
          "word = string(word.rend() - min<size_t>(word.size(), 12), word.rend());"
        ]
      }
    },
    {
      kind: "format",
      advice: "Put the spaces back between the words when joining them.",
      edits: { python: ['" ".join', '"".join'], cpp: ['joined += " ";', 'joined += "";'] }
    },
    {
      kind: "logic",
      advice: "The words themselves stay in order; only the letters inside a word change places.",
      edits: {
        python: ["join(result)", "join(reversed(result))"],
        cpp: ["result[index];", "result[result.size() - 1 - index];"]
      }
    }
  ]
}
