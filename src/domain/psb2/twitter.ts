import type { Task } from "./task.ts"
import { verbatim } from "./tolerance.ts"
import { printable, textOver } from "./values.ts"

export const twitter: Task = {
  name: "twitter",
  title: "Check the length of a tweet",
  description: `Check the length of a tweet, which may have at most 140 characters. Spaces count as characters. Print
  You didn't type anything
for an empty tweet,
  Too many characters
for one of more than 140 characters, and otherwise
  Your tweet has N characters
with its length in place of N; the word is "characters" for a length of 1, too. (The answers are not indented.)

Input: one line, the tweet: 0 to 200 printable characters.
Output: one line with the answer.`,
  inputs: ["string"],
  outputs: ["string"],
  comparison: verbatim,
  edges: [
    ["Hello, world!"],
    [""],
    ["x"],
    [" "],
    ["ab"],
    [" padded on both sides "],
    ["a".repeat(139)],
    ["b".repeat(140)],
    ["c".repeat(141)],
    ["d".repeat(200)],
    [" ".repeat(140)],
    ["word ".repeat(28)],
    ["word ".repeat(29)]
  ],
  generate: (random) => [
    textOver(random, printable, random.chance(0.1) ? random.integer(139, 141) : random.integer(0, 200))
  ],
  solve: (tweet: string) => {
    if (tweet.length === 0) return ["You didn't type anything"]
    return [tweet.length > 140 ? "Too many characters" : `Your tweet has ${tweet.length} characters`]
  },
  programs: {
    python: `tweet = input()
length = len(tweet)
if length == 0:
    print("You didn't type anything")
elif length > 140:
    print("Too many characters")
else:
    print("Your tweet has " + str(length) + " characters")
`,
    cpp: String.raw`#include <algorithm>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string tweet;
    getline(cin, tweet);
    int length = tweet.size();
    if (length == 0) {
        cout << "You didn't type anything\n";
    } else if (length > 140) {
        cout << "Too many characters\n";
    } else {
        cout << "Your tweet has " << length << " characters\n";
    }
}
`
  },
  mistakes: [
    {
      kind: "off-by-one",
      advice: "A tweet of exactly 140 characters is still allowed.",
      edits: { python: ["length > 140", "length >= 140"], cpp: ["length > 140", "length >= 140"] }
    },
    {
      kind: "edge-case",
      advice: "The word stays in the plural when the tweet has a single character.",
      edits: {
        python: ['+ " characters")', '+ (" character" if length == 1 else " characters"))'],
        cpp: ['<< " characters\\n"', '<< (length == 1 ? " character\\n" : " characters\\n")']
      }
    },
    {
      kind: "edge-case",
      advice: "Only an empty tweet counts as nothing typed; one character is something.",
      edits: { python: ["length == 0", "length <= 1"], cpp: ["length == 0", "length <= 1"] }
    },
    {
      kind: "logic",
      advice: "Count the spaces of the tweet as characters.",
      edits: {
        python: ["len(tweet)", 'len(tweet.replace(" ", ""))'],
        cpp: [
          "int length = tweet.size();",
          "int length = count_if(tweet.begin(), tweet.end(), [](char sign) { return sign != ' '; });"
        ]
      }
    },
    {
      kind: "format",
      advice: "The message about a tweet that is too long has no exclamation mark.",
      edits: {
        python: ['"Too many characters"', '"Too many characters!"'],
        cpp: ['"Too many characters\\n"', '"Too many characters!\\n"']
      }
    }
  ]
}
