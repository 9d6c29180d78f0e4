import { exactly } from "../comparison.ts"
import type { Random } from "../random.ts"
import type { Task } from "./task.ts"

const pinsOf = (card: string): ReadonlyArray<number> => {
  const pins: Array<number> = []
  for (const symbol of card) {
    if (symbol === "X") pins.push(10)
    else if (symbol === "/") pins.push(10 - (pins.at(-1) ?? 0))
    else pins.push(symbol === "-" ? 0 : Number(symbol))
  }
  return pins
}

const scoreOf = (card: string): number => {
  const pins = pinsOf(card)
  const at = (roll: number) => pins[roll] ?? 0
  let score = 0
  let roll = 0
  for (let frame = 0; frame < 10; frame++) {
    const strike = at(roll) === 10
    const bonus = strike || at(roll) + at(roll + 1) === 10
    score += at(roll) + at(roll + 1) + (bonus ? at(roll + 2) : 0)
    roll += strike ? 1 : 2
  }
  return score
}

const symbolOf = (pins: number): string => (pins === 10 ? "X" : pins === 0 ? "-" : String(pins))

/** One legal game; `strikes` and `spares` are the chances of a frame to be one. */
const game = (random: Random, strikes: number, spares: number): string => {
  const pair = (): string => {
    const first = random.integer(0, 9)
    if (random.chance(spares)) return `${symbolOf(first)}/`
    return symbolOf(first) + symbolOf(random.integer(0, 9 - first))
  }
  const frame = (): string => (random.chance(strikes) ? "X" : pair())
  let card = ""
  for (let index = 0; index < 10; index++) card += frame()
  if (card.endsWith("/")) return card + (random.chance(strikes) ? "X" : symbolOf(random.integer(0, 9)))
  if (!card.endsWith("X")) return card
  const fill = frame()
  return card + (fill === "X" ? fill + frame().slice(0, 1) : fill)
}

export const bowling: Task = {
  name: "bowling",
  title: "Score of a bowling game",
  description: `Print the score of a complete game of ten-pin bowling. The card lists the rolls in order, one character each: X is a
strike (all ten pins with the first roll of a frame), / is a spare (the roll that knocks down all pins left in the
frame), a digit from 1 to 9 is the number of pins, and - is no pin. A game has ten frames of one strike or two rolls. A
strike scores 10 plus the pins of the next two rolls, a spare scores 10 plus the pins of the next roll, any other frame
scores its pins. After a strike in the tenth frame two more rolls follow, after a spare one more; they count only as
the bonus of that frame.

Input: one line, the card, without spaces between the frames; it is always a legal game.
Output: one line with the score, from 0 to 300.`,
  inputs: ["string"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    ["9-9-9-9-9-9-9-9-9-9-"],
    ["XXXXXXXXXXXX"],
    ["--------------------"],
    ["9/9/9/9/9/9/9/9/9/9/9"],
    ["------------------X34"],
    ["------------------X3/"],
    ["------------------XXX"],
    ["-------------------/7"],
    ["-/------------------"],
    ["X------------------"],
    ["3/X3/X3/X3/X3/X3/"],
    ["12345-6-7-8-9-1-2-3/X"],
    ["XXXXXXXXX--"]
  ],
  generate: (random) => [game(random, random.pick([0.05, 0.15, 0.3, 0.9]), random.pick([0.1, 0.3, 0.7]))],
  solve: (card: string) => [scoreOf(card)],
  programs: {
    python: `card = input()
pins = []
for symbol in card:
    if symbol == "X":
        pins.append(10)
    elif symbol == "/":
        pins.append(10 - pins[-1])
    elif symbol == "-":
        pins.append(0)
    else:
        pins.append(int(symbol))
score = 0
roll = 0
for frame in range(10):
    if pins[roll] == 10:
        score += 10 + pins[roll + 1] + pins[roll + 2]
        roll += 1
    elif pins[roll] + pins[roll + 1] == 10:
        score += 10 + pins[roll + 2]
        roll += 2
    else:
        score += pins[roll] + pins[roll + 1]
        roll += 2
print(score)
`,
    cpp: String.raw`#include <iostream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string card;
    getline(cin, card);
    vector<int> pins;
    for (char symbol : card) {
        if (symbol == 'X') pins.push_back(10);
        else if (symbol == '/') pins.push_back(10 - pins.back());
        else if (symbol == '-') pins.push_back(0);
        else pins.push_back(symbol - '0');
    }
    int score = 0;
    int roll = 0;
    for (int frame = 0; frame < 10; ++frame) {
        if (pins[roll] == 10) {
            score += 10 + pins[roll + 1] + pins[roll + 2];
            roll += 1;
        } else if (pins[roll] + pins[roll + 1] == 10) {
            score += 10 + pins[roll + 2];
            roll += 2;
        } else {
            score += pins[roll] + pins[roll + 1];
            roll += 2;
        }
    }
    cout << score << "\n";
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "A game has ten frames, and the tenth is left out of the score.",
      edits: { python: ["range(10)", "range(9)"], cpp: ["frame < 10;", "frame < 9;"] }
    },
    {
      kind: "logic",
      advice: "A spare earns the pins of the next roll as a bonus, which is not added.",
      edits: {
        python: ["score += 10 + pins[roll + 2]\n", "score += 10\n"],
        cpp: ["score += 10 + pins[roll + 2];", "score += 10;"]
      }
    },
    {
      kind: "logic",
      advice: "A strike earns the pins of the next two rolls, not just of the next one.",
      edits: {
        python: ["10 + pins[roll + 1] + pins[roll + 2]\n", "10 + pins[roll + 1]\n"],
        cpp: ["10 + pins[roll + 1] + pins[roll + 2];", "10 + pins[roll + 1];"]
      }
    },
    {
      kind: "logic",
      advice:
        "A spare takes what the roll just before it has left standing; the very first roll of the game does not matter.",
      edits: { python: ["10 - pins[-1]", "10 - pins[0]"], cpp: ["10 - pins.back()", "10 - pins.front()"] }
    },
    {
      kind: "edge-case",
      advice: "A strike in the tenth frame gets its bonus from the two fill rolls as any other strike does.",
      edits: {
        python: ["if pins[roll] == 10:", "if pins[roll] == 10 and frame < 9:"],
        cpp: ["if (pins[roll] == 10)", "if (pins[roll] == 10 && frame < 9)"]
      }
    },
    {
      kind: "edge-case",
      advice: "The perfect game is worth 300, so nothing may cut the score below that.",
      edits: {
        python: ["print(score)", "print(min(score, 299))"],
        cpp: ["cout << score <<", "cout << (score > 299 ? 299 : score) <<"]
      }
    }
  ]
}
