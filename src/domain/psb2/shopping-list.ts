import type { Task } from "./task.ts"
import { twoDecimals } from "./tolerance.ts"
import { decimal, times } from "./values.ts"

const hundredth = (value: number): number => Math.round(value * 100)

/** In units of a hundredth of a cent, so that the sum is exact. */
const exactTotal = (prices: ReadonlyArray<number>, discounts: ReadonlyArray<number>): number =>
  prices.reduce((sum, price, index) => sum + hundredth(price) * (10000 - hundredth(discounts[index] ?? 0)), 0)

export const shoppingList: Task = {
  name: "shopping-list",
  title: "Price of a list with discounts",
  description: `Each item of a shopping list has a price and a discount in percent. Print what all items cost together when every
price is lowered by its discount.

Input: four lines. The first holds n, the number of items (1 to 20), the second the n prices, from 0 to 50; the third
holds n again, the fourth the n discounts, from 0 to 100. Prices and discounts are real numbers with at most two decimals,
separated by spaces.
Output: one line with the total, rounded to two decimals. It is right if it is less than half a cent away.`,
  inputs: ["floats", "floats"],
  outputs: ["float"],
  comparison: twoDecimals,
  edges: [
    [
      [10, 5.5],
      [50, 0]
    ],
    [[50], [0]],
    [[50], [100]],
    [[0], [50]],
    [[0.01], [10]],
    [[9.99], [99.99]],
    [
      [20, 30, 40],
      [100, 50, 0]
    ],
    [
      [12.34, 12.34],
      [12.34, 0.01]
    ],
    [times(20, () => 50), times(20, () => 0)],
    [times(20, () => 1), times(20, (index) => (index < 10 ? 0 : 100))],
    [times(11, () => 2), times(11, () => 50)],
    [times(10, () => 49.98), times(10, (index) => 10 * index)]
  ],
  generate: (random) => {
    for (;;) {
      const length = random.integer(1, 20)
      const prices = times(length, () => decimal(random, 0, 50, random.pick([0, 2, 2, 2])))
      const discounts = times(length, () => (random.chance(0.05) ? 100 : decimal(random, 0, 100, 2)))
      // A total in the middle of two cents could be rounded either way.
      if (Math.abs((exactTotal(prices, discounts) % 10000) - 5000) > 1) return [prices, discounts]
    }
  },
  solve: (prices: ReadonlyArray<number>, discounts: ReadonlyArray<number>) => [
    Math.round(prices.reduce((sum, price, index) => sum + price * (100 - discounts[index]!), 0)) / 100
  ],
  programs: {
    python: `input()
prices = [float(item) for item in input().split()]
input()
discounts = [float(item) for item in input().split()]
total = 0.0
for price, discount in zip(prices, discounts):
    share = discount / 100
    total += price * (1 - share)
print(round(total, 2))
`,
    cpp: String.raw`#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>
using namespace std;

vector<double> readList() {
    string line;
    getline(cin, line);
    getline(cin, line);
    istringstream items(line);
    vector<double> numbers;
    for (double item; items >> item;) numbers.push_back(item);
    return numbers;
}

int main() {
    vector<double> prices = readList();
    vector<double> discounts = readList();
    int count = prices.size();
    double total = 0;
    for (int index = 0; index < count; ++index) {
        double share = discounts[index] / 100;
        total += prices[index] * (1 - share);
    }
    cout << fixed << setprecision(2) << total << "\n";
}
`
  },
  mistakes: [
    {
      kind: "logic",
      advice: "The discount is what the price is lowered by, and the rest of the price has to be paid.",
      edits: { python: ["(1 - share)", "(share)"], cpp: ["(1 - share)", "(share)"] }
    },
    {
      kind: "format",
      advice: "Print the total with its cents and do not round it to a whole number.",
      edits: { python: ["round(total, 2)", "round(total)"], cpp: ["setprecision(2)", "setprecision(0)"] }
    },
    {
      kind: "edge-case",
      advice: "All items count, also those after the tenth.",
      edits: {
        python: ["discounts):", "discounts[:10]):"],
        cpp: ["index < count;", "index < count && index < 10;"]
      }
    },
    {
      kind: "edge-case",
      advice: "A discount of one hundred percent makes the item free instead of being ignored.",
      edits: {
        python: ["discount / 100\n", "discount / 100 if discount < 100 else 0.0\n"],
        cpp: [
          "share = discounts[index] / 100;",
          "share = discounts[index] < 100 ? discounts[index] / 100 : 0;"
        ]
      }
    },
    {
      kind: "logic",
      advice: "Keep the cents of each price when it is multiplied.",
      edits: {
        python: ["total += price *", "total += int(price) *"],
        cpp: ["prices[index] *", "floor(prices[index]) *"]
      }
    }
  ]
}
