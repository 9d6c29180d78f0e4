import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

export const leaders: Task = {
  name: "leaders",
  title: "Numbers that nothing after them exceeds",
  description: `A number of a list is a leader if no number after it is larger. The last number always is one, and equal numbers do not
prevent each other from being leaders. Print the leaders in the order of the list.

Input: two lines. The first holds n, the length of the list (0 to 20); the second holds its n integers from 0 to 1000,
separated by spaces (an empty line if n is 0).
Output: two lines: the number of leaders, and the leaders separated by spaces (an empty line if there are none).`,
  inputs: ["ints"],
  outputs: ["ints"],
  comparison: exactly,
  edges: [
    [[16, 17, 4, 3, 5, 2]],
    [[]],
    [[7]],
    [[0]],
    [[0, 0, 0]],
    [[1000, 1000]],
    [[3, 0]],
    [[1, 2, 3]],
    [[3, 2, 1]],
    [[5, 1, 5, 1]],
    [[500, 0, 500, 0, 0]],
    [times(20, () => 9)],
    [times(20, (index) => 1000 - index)],
    [times(20, (index) => index)]
  ],
  generate: (random) => {
    const most = random.pick([3, 10, 1000, 1000])
    const length = random.integer(0, 20)
    const numbers = times(length, () => random.integer(0, most))
    return [random.chance(0.3) ? [...numbers].sort((left, right) => right - left) : numbers]
  },
  solve: (numbers: ReadonlyArray<number>) => [
    numbers.filter((number, index) => numbers.slice(index + 1).every((later) => later <= number))
  ],
  programs: {
    python: `input()
numbers = [int(item) for item in input().split()]
leaders = []
highest = 0
for number in reversed(numbers):
    if number >= highest:
        leaders.append(number)
        highest = number
leaders.reverse()
print(len(leaders))
print(*leaders)
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
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
    vector<int> leaders;
    int highest = 0;
    int count = numbers.size();
    for (int index = count - 1; index >= 0; --index) {
        if (numbers[index] >= highest) {
            leaders.push_back(numbers[index]);
            highest = numbers[index];
        }
    }
    reverse(leaders.begin(), leaders.end());
    cout << leaders.size() << "\n";
    for (size_t index = 0; index < leaders.size(); ++index) {
        cout << (index > 0 ? " " : "") << leaders[index];
    }
    cout << "\n";
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice: "A number with an equal one after it is a leader still.",
      edits: {
        python: ["number >= highest", "number > highest"],
        cpp: ["numbers[index] >= highest", "numbers[index] > highest"]
      }
    },
    {
      kind: "logic",
      advice: "Print the leaders as they stand in the list and not from the smallest to the largest.",
      edits: { python: ["leaders.reverse()", "leaders.sort()"], cpp: ["reverse(leaders", "sort(leaders"] }
    },
    {
      kind: "off-by-one",
      advice: "The last number of the list is a leader and must not be skipped.",
      edits: { python: ["reversed(numbers)", "reversed(numbers[:-1])"], cpp: ["count - 1;", "count - 2;"] }
    },
    {
      kind: "edge-case",
      advice:
        "Zero can be a leader at the end of the list, so the highest value must start no higher than that.",
      edits: { python: ["highest = 0", "highest = 1"], cpp: ["highest = 0;", "highest = 1;"] }
    },
    {
      kind: "format",
      advice: "Put single spaces between the leaders, without commas.",
      edits: { python: ["print(*leaders)", 'print(*leaders, sep=", ")'], cpp: ['? " " :', '? ", " :'] }
    },
    {
      kind: "logic",
      advice: "Compare with the largest number seen so far; the values must not be added up.",
      edits: {
        python: ["highest = number\n", "highest += number\n"],
        cpp: ["highest = numbers[index];", "highest += numbers[index];"]
      }
    }
  ]
}
