import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"
import { lowerCase, textOver } from "./values.ts"

const backwards = [...lowerCase].reverse().join("")

export const substitutionCipher: Task = {
  name: "substitution-cipher",
  title: "Apply a substitution cipher",
  description: `A cipher is given by two texts of equal length: the letter at some place of the first text is replaced by the letter at
the same place of the second. Apply it to every letter of a message. No letter stands twice in the first text or twice in
the second, and every letter of the message is in the first.

Input: three lines: the first text, the second text and the message, each of at most 26 small letters. If the texts are
empty, so is the message.
Output: one line with the message after the replacement (an empty line for an empty message).`,
  inputs: ["string", "string", "string"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [
    ["abc", "bca", "cab"],
    ["", "", ""],
    ["a", "b", ""],
    ["a", "b", "a"],
    ["q", "q", "qqqq"],
    ["ab", "ba", "abba"],
    ["xyz", "abc", "zyxxyz"],
    [lowerCase, backwards, "hello"],
    [lowerCase, lowerCase, "unchanged"],
    [backwards, lowerCase, "abcdefghijklmnopqrstuvwxyz"],
    ["m", "w", "m".repeat(26)],
    ["abcdefghijklm", "nopqrstuvwxyz", "backedhim".replace("h", "i")]
  ],
  generate: (random) => {
    const length = random.chance(0.15) ? 26 : random.integer(1, 26)
    const from = random
      .shuffle([...lowerCase])
      .slice(0, length)
      .join("")
    const to = random
      .shuffle([...lowerCase])
      .slice(0, length)
      .join("")
    return [from, to, textOver(random, from, random.integer(0, 26))]
  },
  solve: (from: string, to: string, message: string) => [
    [...message].map((letter) => to[from.indexOf(letter)] ?? letter).join("")
  ],
  programs: {
    python: `source = input()
target = input()
message = input()
key = dict(zip(source, target))
print("".join(key.get(letter, letter) for letter in message))
`,
    cpp: String.raw`#include <iostream>
#include <map>
#include <string>
using namespace std;

int main() {
    string source, target, message;
    getline(cin, source);
    getline(cin, target);
    getline(cin, message);
    map<char, char> key;
    for (size_t place = 0; place < source.size() && place < target.size(); ++place) {
        key[source[place]] = target[place];
    }
    string result;
    for (char letter : message) {
        result += key.count(letter) ? key[letter] : letter;
    }
    cout << result << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "The replacement goes from the first text to the second and not back.",
      edits: {
        python: ["zip(source, target)", "zip(target, source)"],
        cpp: ["key[source[place]] = target[place];", "key[target[place]] = source[place];"]
      }
    },
    {
      kind: "edge-case",
      advice: "The cipher may cover all twenty-six letters, and the last of them is dropped.",
      edits: {
        python: ["target = input()\n", "target = input()[:25]\n"],
        cpp: ["place < target.size();", "place < target.size() && place < 25;"]
      }
    },
    {
      kind: "off-by-one",
      advice: "Translate the message to its end, the last letter included.",
      edits: {
        python: ["in message)", "in message[:-1])"],
        cpp: ["cout << result <<", "cout << result.substr(0, result.empty() ? 0 : result.size() - 1) <<"]
      }
    },
    {
      kind: "logic",
      advice: "Replace each letter once; what comes out must not be replaced again.",
      edits: {
        python: [
          "key.get(letter, letter) for",
          "key.get(key.get(letter, letter), key.get(letter, letter)) for"
        ],
        cpp: [
          "key.count(letter) ? key[letter] : letter;",
          "key.count(letter) ? (key.count(key[letter]) ? key[key[letter]] : key[letter]) : letter;"
        ]
      }
    },
    {
      kind: "edge-case",
      advice: "Messages longer than twenty letters are translated whole.",
      edits: {
        python: ["message = input()\n", "message = input()[:20]\n"],
        cpp: ["getline(cin, message);", "getline(cin, message, '\\n');\n    message = message.substr(0, 20);"]
      }
    }
  ]
}
