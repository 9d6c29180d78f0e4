import { exactly } from "../comparison.ts"
import type { Task } from "./task.ts"
import { times } from "./values.ts"

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((left, right) => left + right, 0)

const placeOf = (numbers: ReadonlyArray<number>): number => {
  let best = Number.POSITIVE_INFINITY
  let place = numbers.length
  for (let cut = 1; cut < numbers.length; cut++) {
    const difference = Math.abs(sum(numbers.slice(0, cut)) - sum(numbers.slice(cut)))
    if (difference === 0) return cut
    if (difference > best) continue
    best = difference
    place = cut
  }
  return place
}

export const cutVector: Task = {
  name: "cut-vector",
  title: "Cut a list into halves of like sums",
  description: `Cut a list of numbers into a left and a right part, neither of them empty, so that the difference between the sums of
the two parts is as small as possible, and print both parts. If the difference is zero at some place, cut at the first
such place. If several places give the same smallest difference above zero, cut at the last of them. A list with a single
number is not cut: it is the left part, and the right part is empty.

Input: two lines. The first holds n, the length of the list (1 to 20); the second holds its n integers from 0 to 10000,
separated by spaces.
Output: four lines: the length of the left part, its numbers separated by spaces, the length of the right part, its
numbers. The numbers of an empty part are an empty line.`,
  inputs: ["ints"],
  outputs: ["ints", "ints"],
  comparison: exactly,
  edges: [
    [[1, 2, 3, 4, 5]],
    [[7]],
    [[0]],
    [[10000]],
    [[10000, 1]],
    [[4, 4]],
    [[5, 0, 5]],
    [[0, 0, 0]],
    [[5, 10, 5]],
    [[1, 9, 9, 1, 20]],
    [[1, 1, 1, 1, 1, 1, 10]],
    [times(20, () => 10000)],
    [times(19, () => 3)],
    [times(20, (index) => 2 ** Math.min(index, 13))]
  ],
  generate: (random) => {
    const length = random.chance(0.15) ? random.integer(1, 2) : random.integer(1, 20)
    const most = random.pick([3, 12, 10000, 10000])
    return [times(length, () => random.integer(0, most))]
  },
  solve: (numbers: ReadonlyArray<number>) => {
    const place = placeOf(numbers)
    return [numbers.slice(0, place), numbers.slice(place)]
  },
  programs: {
    python: `def show(items):
    print(len(items))
    print(*items)


count = int(input())
numbers = [int(item) for item in input().split()]
best = sum(numbers) + 1
place = count
for cut in range(1, count):
    difference = abs(sum(numbers[:cut]) - sum(numbers[cut:]))
    if difference <= best:
        best = difference
        place = cut
    if difference == 0:
        break
show(numbers[:place])
show(numbers[place:])
`,
    cpp: String.raw`#include <cstdlib>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

void show(const vector<int>& items) {
    cout << items.size() << "\n";
    for (size_t index = 0; index < items.size(); ++index) cout << (index > 0 ? " " : "") << items[index];
    cout << "\n";
}

int main() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<int> numbers;
    for (int item; items >> item;) numbers.push_back(item);
    int count = numbers.size();
    int total = accumulate(numbers.begin(), numbers.end(), 0);
    int best = total + 1;
    int place = count;
    int left = 0;
    for (int cut = 1; cut < count; ++cut) {
        left += numbers[cut - 1];
        int difference = abs(left - (total - left));
        if (difference <= best) {
            best = difference;
            place = cut;
        }
        if (difference == 0) break;
    }
    show(vector<int>(numbers.begin(), numbers.begin() + place));
    show(vector<int>(numbers.begin() + place, numbers.end()));
}
`
  },
  mistakes: [
    {
      kind: "edge-case",
      advice: "When two places are equally good, the later one has to win.",
      edits: {
        python: ["difference <= best", "difference < best"],
        cpp: ["difference <= best", "difference < best"]
      }
    },
    {
      kind: "edge-case",
      advice:
        "An exact balance ends the search at once; a later place with the same balance must not replace it.",
      edits: { python: ["difference == 0", "difference < 0"], cpp: ["difference == 0", "difference < 0"] }
    },
    {
      kind: "off-by-one",
      advice: "Try the cut before the last number as well.",
      edits: { python: ["range(1, count)", "range(1, count - 1)"], cpp: ["cut < count;", "cut < count - 1;"] }
    },
    {
      kind: "edge-case",
      advice: "A list with one number goes to the left part as a whole, and the right part is the empty one.",
      edits: { python: ["place = count", "place = 0"], cpp: ["place = count;", "place = 0;"] }
    },
    {
      kind: "format",
      advice: "Separate the numbers of a part by single spaces, without commas.",
      edits: {
        python: ["print(*items)", 'print(*items, sep=", ")'],
        cpp: ['(index > 0 ? " " : "")', '(index > 0 ? ", " : "")']
      }
    }
  ]
}
