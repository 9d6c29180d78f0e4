import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

const pairsOf = (numbers: ReadonlyArray<number>, target: number): ReadonlyArray<readonly [number, number]> =>
  numbers.flatMap((first, index) =>
    numbers
      .slice(index + 1)
      .filter((second) => first + second === target)
      .map((second) => [first, second] as const)
  )

export const findPair: Task = {
  name: "find-pair",
  title: "Two numbers with a given sum",
  description: `Find the two numbers at different places of a list whose sum is the target. There is exactly one such pair, and the
numbers of the list are all different.

Input: three lines. The first holds n, the length of the list (2 to 20); the second holds its n integers from -10000 to
10000, separated by spaces; the third holds the target, an integer from -20000 to 20000.
Output: two lines: the two numbers, the one that stands earlier in the list first.`,
  inputs: ["ints", "int"],
  outputs: ["int", "int"],
  comparison: exactly,
  edges: [
    [[3, 9, 4], 13],
    [[1, 2], 3],
    [[2, 1], 3],
    [[-5, 5], 0],
    [[0, -1, 1], 0],
    [[10000, 9999], 19999],
    [[-10000, -9999], -19999],
    [[4, 1, 7, 2], 8],
    [[6, 1, 2, 4, 5], 3],
    [[8, 7, 6, 5], 11],
    [times(20, (index) => 2 ** Math.min(index, 12) + Math.max(0, index - 12)), 3],
    [times(20, (index) => index * index - 200), 285]
  ],
  generate: (random) => {
    for (;;) {
      const most = random.pick([30, 1000, 10000, 10000])
      const numbers = [...new Set(times(random.integer(2, 20), () => random.integer(-most, most)))]
      if (numbers.length < 2) continue
      const [first = 0, second = 0] = random.shuffle(numbers)
      const target = first + second
      // A number that is half of the target tempts a program to take it twice.
      if (target % 2 === 0 && numbers.length < 20 && random.chance(0.5) && !numbers.includes(target / 2)) {
        numbers.unshift(target / 2)
      }
      if (pairsOf(numbers, target).length === 1) return [numbers, target]
    }
  },
  solve: (numbers: ReadonlyArray<number>, target: number) => pairsOf(numbers, target)[0] ?? [],
  programs: {
    python: `def find_pair(numbers, target):
    count = len(numbers)
    for first in range(count):
        for second in range(first + 1, count):
            if numbers[first] + numbers[second] == target:
                return numbers[first], numbers[second]
    return 0, 0


input()
numbers = [int(item) for item in input().split()]
target = int(input())
left, right = find_pair(numbers, target)
print(left)
print(right)
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>
using namespace std;

pair<int, int> findPair(const vector<int>& numbers, int target) {
    int count = numbers.size();
    for (int first = 0; first < count; ++first) {
        for (int second = first + 1; second < count; ++second) {
            int one = numbers[first], other = numbers[second];
            if (one + other == target) return {one, other};
        }
    }
    return {0, 0};
}

int main() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<int> numbers;
    for (int item; items >> item;) numbers.push_back(item);
    getline(cin, line);
    pair<int, int> found = findPair(numbers, stoi(line));
    cout << found.first << "\n";
    cout << found.second << "\n";
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice: "The two numbers must stand at different places: do not add a number to itself.",
      edits: { python: ["range(first + 1,", "range(first,"], cpp: ["second = first + 1;", "second = first;"] }
    },
    {
      kind: "off-by-one",
      advice: "The first of the two may be the last but one of the list; the search ends too early.",
      edits: { python: ["range(count):", "range(count - 2):"], cpp: ["first < count;", "first < count - 2;"] }
    },
    {
      kind: "logic",
      advice: "Keep the order of the list; the smaller number does not have to come first.",
      edits: {
        python: [
          "return numbers[first], numbers[second]",
          "return sorted((numbers[first], numbers[second]))"
        ],
        cpp: ["return {one, other};", "return {min(one, other), max(one, other)};"]
      }
    },
    {
      kind: "logic",
      advice: "The sum has to be equal to the target; a larger one is not enough.",
      edits: { python: ["== target", ">= target"], cpp: ["== target", ">= target"] }
    },
    {
      kind: "format",
      advice: "Print the two numbers on a line each.",
      edits: {
        python: ["print(left)\nprint(right)", "print(left, right)"],
        cpp: ['found.first << "\\n";\n    cout <<', 'found.first << " " <<']
      }
    }
  ]
}
