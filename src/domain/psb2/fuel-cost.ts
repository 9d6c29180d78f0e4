import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

export const fuelCost: Task = {
  name: "fuel-cost",
  title: "Fuel for all modules",
  description: `The fuel that a module needs is its mass divided by three, rounded down, less two. Print the fuel that all modules
need together.

Input: two lines. The first holds n, the number of modules (1 to 20); the second holds their n masses, integers from 6
to 100000, separated by spaces.
Output: one line with the sum.`,
  inputs: ["ints"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    [[12, 14, 20]],
    [[6]],
    [[7]],
    [[8]],
    [[9]],
    [[100000]],
    [[6, 7, 8]],
    [[99998, 99999, 100000]],
    [times(20, () => 6)],
    [times(20, () => 100000)],
    [times(20, (index) => index + 6)],
    [times(19, () => 11)]
  ],
  generate: (random) => {
    const most = random.pick([12, 100, 10000, 100000])
    const length = random.chance(0.1) ? 20 : random.integer(1, 20)
    return [times(length, () => random.integer(6, most))]
  },
  solve: (masses: ReadonlyArray<number>) => [
    masses.reduce((total, mass) => total + Math.floor(mass / 3) - 2, 0)
  ],
  programs: {
    python: `input()
masses = [int(item) for item in input().split()]
total = 0
for mass in masses:
    total += mass // 3 - 2
print(total)
`,
    cpp: String.raw`#include <iostream>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<int> masses;
    for (int item; items >> item;) masses.push_back(item);
    int count = masses.size();
    int total = 0;
    for (int index = 0; index < count; ++index) {
        total += masses[index] / 3 - 2;
    }
    cout << total << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "Round each quotient down instead of to the nearest integer.",
      edits: {
        python: ["mass // 3", "round(mass / 3)"],
        cpp: ["masses[index] / 3", "(masses[index] + 1) / 3"]
      }
    },
    {
      kind: "off-by-one",
      advice: "Two is taken off for every module, and here it is only one.",
      edits: { python: [" - 2\n", " - 1\n"], cpp: [" - 2;", " - 1;"] }
    },
    {
      kind: "edge-case",
      advice: "All modules count; with the longest lists the last one is left out.",
      edits: {
        python: ["mass in masses:", "mass in masses[:19]:"],
        cpp: ["index < count;", "index < count && index < 19;"]
      }
    },
    {
      kind: "edge-case",
      advice: "A sum of zero is possible and is printed as zero.",
      edits: {
        python: ["print(total)", "print(max(total, 1))"],
        cpp: ["cout << total <<", "cout << (total < 1 ? 1 : total) <<"]
      }
    },
    {
      kind: "logic",
      advice: "Begin the sum at zero: the first module has no fuel of its own beforehand.",
      edits: {
        python: ["total = 0\n", "total = masses[0] // 3\n"],
        cpp: ["int total = 0;", "int total = masses.at(0) / 3;"]
      }
    }
  ]
}
