import type { Task } from "./task.ts"
import { singlePrecision } from "./tolerance.ts"

export const diceGame: Task = {
  name: "dice-game",
  title: "Chance to roll higher",
  description: `Two players roll one fair die each. The first player's die has the numbers 1 to n, the second player's die the numbers
1 to m. Print the probability that the first player rolls a strictly higher number than the second.

Input: two lines: n and m, integers from 1 to 1000.
Output: one line with the probability, a real number from 0 to 1. It is right within 0.001.`,
  inputs: ["int", "int"],
  outputs: ["float"],
  comparison: singlePrecision,
  edges: [
    [6, 6],
    [1, 1],
    [1, 6],
    [6, 1],
    [2, 2],
    [4, 8],
    [8, 4],
    [20, 3],
    [1, 1000],
    [1000, 1],
    [1000, 1000],
    [999, 1000]
  ],
  generate: (random) => {
    const most = random.pick([10, 100, 1000, 1000])
    return [random.integer(1, most), random.integer(1, most)]
  },
  solve: (first: number, second: number) => {
    let wins = 0
    for (let roll = 1; roll <= first; roll++) wins += Math.min(roll - 1, second)
    return [wins / (first * second)]
  },
  programs: {
    python: `first = int(input())
second = int(input())
wins = 0
for roll in range(1, first + 1):
    wins += min(roll - 1, second)
print(wins / (first * second))
`,
    cpp: String.raw`#include <algorithm>
#include <iomanip>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    int first = stoi(line);
    getline(cin, line);
    int second = stoi(line);
    double wins = 0;
    for (int roll = 1; roll <= first; ++roll) {
        wins += min(roll - 1, second);
    }
    cout << setprecision(12) << wins / (first * second) << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "Equal rolls are no win: only strictly smaller numbers of the other die count.",
      edits: { python: ["min(roll - 1,", "min(roll,"], cpp: ["min(roll - 1,", "min(roll,"] }
    },
    {
      kind: "off-by-one",
      advice: "The highest number of the first die is possible too and has to be counted.",
      edits: { python: ["range(1, first + 1)", "range(1, first)"], cpp: ["roll <= first", "roll < first"] }
    },
    {
      kind: "logic",
      advice: "Divide by the number of all pairs of rolls, which is the product of the two sizes.",
      edits: { python: ["(first * second)", "(first * first)"], cpp: ["(first * second)", "(first * first)"] }
    },
    {
      kind: "format",
      advice: "Print a probability between 0 and 1 and not a percentage.",
      edits: { python: ["print(wins / ", "print(100 * wins / "], cpp: ["<< wins / ", "<< 100 * wins / "] }
    },
    {
      kind: "edge-case",
      advice: "Start counting the wins from zero; with small dice one win too many shows in the result.",
      edits: { python: ["wins = 0\n", "wins = 1\n"], cpp: ["wins = 0;", "wins = 1;"] }
    }
  ]
}
