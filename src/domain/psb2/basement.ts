import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

const answerOf = (numbers: ReadonlyArray<number>): number => {
  let floor = 0
  return numbers.findIndex((number) => {
    floor += number
    return floor < 0
  })
}

export const basement: Task = {
  name: "basement",
  title: "First step below the ground floor",
  description: `A list of steps is added up from its start. Find the place where the running sum is below zero for the first
time, and print the index of the step that brings it there. Indices count from 0. Every list has such a place.

Input: two lines. The first holds n, the number of steps (1 to 20); the second holds the n steps, integers from -100
to 100, separated by spaces.
Output: one line with the index.`,
  inputs: ["ints"],
  outputs: ["int"],
  comparison: exactly,
  edges: [
    [[5, -3, -2, -1, 4]],
    [[-7]],
    [[0, 0, -1]],
    [[4, -4, -4]],
    [[100, -100, 1, -2]],
    [[-1, -1, -1]],
    [[1, 2, 3, -7]],
    [[100, 100, -100, -100, -100]],
    [[-100, 100, 100]],
    [times(20, (index) => (index < 10 ? 9 : -10))],
    [times(20, (index) => (index < 19 ? 0 : -1))],
    [times(20, (index) => (index === 0 ? -1 : 100))]
  ],
  generate: (random) => {
    for (;;) {
      const low = random.pick([-100, -40, -12, -3])
      const high = random.pick([100, 40, 12, 3])
      const numbers = times(random.integer(1, 20), () => random.integer(low, high))
      if (answerOf(numbers) >= 0) return [numbers]
    }
  },
  solve: (numbers: ReadonlyArray<number>) => [answerOf(numbers)],
  programs: {
    python: `count = int(input())
numbers = [int(item) for item in input().split()]
floor = 0
answer = -1
for index in range(count):
    floor += numbers[index]
    if floor < 0:
        answer = index
        break
print(answer)
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
    vector<int> numbers;
    for (int item; items >> item;) numbers.push_back(item);
    int count = numbers.size();
    int level = 0;
    int answer = -1;
    for (int index = 0; index < count; ++index) {
        level += numbers[index];
        if (level < 0) {
            answer = index;
            break;
        }
    }
    cout << answer << "\n";
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice:
        "The answer counts from 0, so report the index of the step itself and not that of the one after it.",
      edits: {
        python: ["answer = index\n", "answer = index + 1\n"],
        cpp: ["answer = index;", "answer = index + 1;"]
      }
    },
    {
      kind: "edge-case",
      advice: "A running sum of exactly zero is not below zero yet: the comparison has to be strict.",
      edits: { python: ["floor < 0", "floor <= 0"], cpp: ["level < 0", "level <= 0"] }
    },
    {
      kind: "logic",
      advice: "Add the steps up as you go instead of looking at each step alone.",
      edits: {
        python: ["floor += numbers[index]", "floor = numbers[index]"],
        cpp: ["level += numbers[index]", "level = numbers[index]"]
      }
    },
    {
      kind: "logic",
      advice: "Stop at the first time that the sum is negative; a later one must not overwrite the answer.",
      edits: { python: ["break", "continue"], cpp: ["break;", "continue;"] }
    },
    {
      kind: "edge-case",
      advice: "Look at the last step too, since the sum may go below zero only there.",
      edits: {
        python: ["range(count):", "range(count - 1):"],
        cpp: ["index < count;", "index + 1 < count;"]
      }
    }
  ]
}
