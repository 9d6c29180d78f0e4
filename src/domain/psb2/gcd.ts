import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"

const divisor = (first: number, second: number): number =>
  second === 0 ? first : divisor(second, first % second)

export const gcd: Task = {
  name: "gcd",
  title: "Greatest common divisor",
  description: `Print the largest integer that divides two numbers without remainder.

Input: two lines with a number each, integers from 1 to 1000000.
Output: one line with their greatest common divisor.`,
  inputs: ["int", "int"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    [12, 18],
    [1, 1],
    [1, 1000000],
    [1000000, 1000000],
    [7, 7],
    [13, 17],
    [999999, 1000000],
    [832040, 514229],
    [65536, 524288],
    [360, 48],
    [600000, 700000],
    [510510, 30030]
  ],
  generate: (random) => {
    const shared = random.chance(0.3) ? 1 : random.integer(2, random.pick([12, 1000, 200000]))
    const most = Math.floor(1000000 / shared)
    return [shared * random.integer(1, most), shared * random.integer(1, most)]
  },
  solve: (first: number, second: number) => [divisor(first, second)],
  programs: {
    python: `first = int(input())
second = int(input())
while second != 0:
    first, second = second, first % second
print(first)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    int first = stoi(line);
    getline(cin, line);
    int second = stoi(line);
    while (second != 0) {
        int remainder = first % second;
        first = second;
        second = remainder;
    }
    cout << first << "\n";
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice: "Go on until the remainder is zero; stopping at one misses numbers without a common divisor.",
      edits: { python: ["second != 0", "second > 1"], cpp: ["second != 0", "second > 1"] }
    },
    {
      kind: "edge-case",
      advice: "The numbers go up to a million, so the leading digits of the second one must be kept.",
      edits: {
        python: ["second = int(input())\n", "second = int(input()) % 500000\n"],
        cpp: ["int second = stoi(line);", "int second = stoi(line) % 500000;"]
      }
    },
    {
      kind: "off-by-one",
      advice: "Use the first number as it was read, without taking one off.",
      edits: {
        python: ["first = int(input())\n", "first = int(input()) - 1\n"],
        cpp: ["int first = stoi(line);", "int first = stoi(line) - 1;"]
      }
    },
    {
      kind: "logic",
      advice: "Carry the whole remainder into the next step instead of its last three digits.",
      edits: {
        python: ["first % second\n", "first % second % 1000\n"],
        cpp: ["first % second;", "first % second % 1000;"]
      }
    },
    {
      kind: "format",
      advice: "Print the divisor as a plain integer of all its digits, without grouping the thousands.",
      edits: {
        python: ["print(first)", 'print(f"{first:,}")'],
        cpp: [
          "cout << first <<",
          'if (first >= 1000) cout << first / 1000 << "," << to_string(first % 1000 + 1000).substr(1) << "\\n";\n    else cout << first % 1000 <<'
        ]
      }
    }
  ]
}
