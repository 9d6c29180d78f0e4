import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { textOver } from "./values.ts"

const matches = (code: string, guess: string): readonly [number, number] => {
  const black = [...code].filter((colour, index) => guess[index] === colour).length
  const rest = [...guess]
  let common = 0
  for (const colour of code) {
    const place = rest.indexOf(colour)
    if (place < 0) continue
    rest.splice(place, 1)
    common += 1
  }
  return [common - black, black]
}

export const mastermind: Task = {
  name: "mastermind",
  title: "Pegs for a Mastermind guess",
  description: `In Mastermind a guess is compared with a secret code. A black peg is given for every place where guess and code have the
same colour. A white peg is given for every further colour of the guess that the code holds at another place; each place
of the code and of the guess earns at most one peg. Print how many white and how many black pegs the guess gets.

Input: two lines: the code and the guess, four capital letters each. Each letter is a colour: usually one of B, R, W, Y,
O and G, but any letter may occur.
Output: two lines: the number of white pegs, then the number of black pegs.`,
  inputs: ["string", "string"],
  outputs: ["int", "int"],
  comparison: exactly,
  edges: [
    ["BRWY", "BWRO"],
    ["BRWY", "BRWY"],
    ["BRWY", "YWRB"],
    ["BBBB", "RRRR"],
    ["BBBB", "BBBB"],
    ["BBRR", "RRBB"],
    ["BBRR", "BRBR"],
    ["BBBR", "RBBB"],
    ["OGOG", "OOOO"],
    ["OOOO", "OGOG"],
    ["YWWB", "WYYW"],
    ["GRRR", "RGGG"],
    ["WOYG", "WOGB"],
    ["GROW", "BYOW"]
  ],
  generate: (random) => {
    const colours = "BRWYOG".slice(0, random.pick([2, 3, 6, 6]))
    const code = textOver(random, colours, 4)
    if (random.chance(0.25)) return [code, random.shuffle([...code]).join("")]
    return [code, textOver(random, colours, 4)]
  },
  solve: matches,
  programs: {
    python: `code = input()
guess = input()
black = 0
for place in range(4):
    if code[place] == guess[place]:
        black += 1
common = 0
for colour in set(code):
    common += min(code.count(colour), guess.count(colour))
print(common - black)
print(black)
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
#include <set>
#include <string>
using namespace std;

int main() {
    string code, guess;
    getline(cin, code);
    getline(cin, guess);
    int black = 0;
    for (int place = 0; place < 4; ++place) {
        if (code[place] == guess[place]) ++black;
    }
    int common = 0;
    for (char colour : set<char>(code.begin(), code.end())) {
        common += min(count(code.begin(), code.end(), colour), count(guess.begin(), guess.end(), colour));
    }
    cout << common - black << "\n";
    cout << black << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "Take the black pegs off the common colours, since a place earns only one peg.",
      edits: {
        python: ["print(common - black)", "print(common)"],
        cpp: ["cout << common - black <<", "cout << common <<"]
      }
    },
    {
      kind: "edge-case",
      advice: "When all four places match, the number of black pegs is four and not zero.",
      edits: {
        python: ["print(black)", "print(black % 4)"],
        cpp: ["cout << black <<", "cout << black % 4 <<"]
      }
    },
    {
      kind: "off-by-one",
      advice: "Compare all four places, the last one too.",
      edits: { python: ["range(4)", "range(3)"], cpp: ["place < 4;", "place < 3;"] }
    },
    {
      kind: "edge-case",
      advice:
        "Look at each colour once, or a colour that stands several times in the code is counted over and over.",
      edits: {
        python: ["in set(code):", "in code:"],
        cpp: [": set<char>(code.begin(), code.end()))", ": code)"]
      }
    },
    {
      kind: "logic",
      advice: "Compare the guess with the code place by place and not against the code's mirror image.",
      edits: {
        python: ["== guess[place]", "== guess[3 - place]"],
        cpp: ["== guess[place]", "== guess[3 - place]"]
      }
    }
  ]
}
