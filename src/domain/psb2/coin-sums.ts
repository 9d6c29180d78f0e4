import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"

export const coinSums: Task = {
  name: "coin-sums",
  title: "Fewest coins for an amount",
  description: `Pay an amount of cents with as few coins as possible. There are quarters (25 cents), dimes (10), nickels (5) and
pennies (1).

Input: one line with the amount, an integer from 1 to 10000.
Output: four lines: the number of pennies, of nickels, of dimes and of quarters, in this order.`,
  inputs: ["int"],
  outputs: ["int", "int", "int", "int"],
  comparison: exactly,
  edges: [[41], [1], [4], [5], [9], [10], [20], [24], [25], [30], [49], [50], [99], [100], [9999], [10000]],
  generate: (random) => [
    random.chance(0.1)
      ? 25 * random.integer(1, 400)
      : random.chance(0.2)
        ? random.integer(1, 100)
        : random.integer(1, 10000)
  ],
  solve: (cents: number) => {
    const rest = cents % 25
    return [rest % 5, Math.floor((rest % 10) / 5), Math.floor(rest / 10), Math.floor(cents / 25)]
  },
  programs: {
    python: `cents = int(input())
quarters = cents // 25
cents -= quarters * 25
dimes = cents // 10
cents -= dimes * 10
nickels = cents // 5
pennies = cents % 5
print(pennies)
print(nickels)
print(dimes)
print(quarters)
`,
    cpp: String.raw`#include <iostream>
#include <string>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    int cents = stoi(line);
    int quarters = cents / 25;
    cents -= quarters * 25;
    int dimes = cents / 10;
    cents -= dimes * 10;
    int nickels = cents / 5;
    int pennies = cents % 5;
    cout << pennies << "\n";
    cout << nickels << "\n";
    cout << dimes << "\n";
    cout << quarters << "\n";
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice:
        "An amount that quarters pay exactly needs the last quarter too, instead of smaller coins for it.",
      edits: { python: ["cents // 25", "(cents - 1) // 25"], cpp: ["= cents / 25", "= (cents - 1) / 25"] }
    },
    {
      kind: "logic",
      advice: "Take the value of the dimes off the amount before the nickels are counted.",
      edits: {
        python: ["cents -= dimes * 10", "cents -= dimes * 0"],
        cpp: ["cents -= dimes * 10", "cents -= dimes * 0"]
      }
    },
    {
      kind: "logic",
      advice: "The pennies are what remains after the nickels, so never more than four.",
      edits: { python: ["cents % 5", "cents % 10"], cpp: ["cents % 5;", "cents % 10;"] }
    },
    {
      kind: "format",
      advice: "Print the nickels before the dimes: the coins go from the smallest to the largest.",
      edits: {
        python: ["print(nickels)\nprint(dimes)\n", "print(dimes)\nprint(nickels)\n"],
        cpp: ['nickels << "\\n";\n    cout << dimes', 'dimes << "\\n";\n    cout << nickels']
      }
    },
    {
      kind: "edge-case",
      advice: "There is no most number of quarters: a large amount needs up to 400 of them.",
      edits: {
        python: ["print(quarters)", "print(min(quarters, 380))"],
        cpp: ["cout << quarters", "cout << (quarters > 380 ? 380 : quarters)"]
      }
    }
  ]
}
