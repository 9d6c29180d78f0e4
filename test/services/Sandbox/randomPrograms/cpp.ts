import { type Random, randomFor } from "../../../../src/domain/random.ts"

/** A C++ program without undefined behaviour, the same for the same number. */
export const randomCpp = (number: number): string => {
  const random = randomFor("random programs", "cpp", number)
  const { integer, pick } = random
  const statement = (): string =>
    pick([
      () => `${pick(["a", "b", "c"])} = ${expression(random, 3)};`,
      () => `std::cout << ${expression(random, 2)} << '${pick(["\\n", " ", "\\0", "\\r"])}';`,
      () => `std::printf("%llx %s\\n", ${expression(random, 2)}, word.c_str());`,
      () => `for (int n = 0; n < ${integer(0, 6)}; n++) { a += ${expression(random, 2)}; v.push_back(a); }`,
      () => "std::sort(v.begin(), v.end());",
      () => "for (u x : v) std::cout << x % 1000 << ',';",
      () => `if (${expression(random, 2)} % 2) { b ^= c; } else { m[word] += a; }`,
      () => "if (std::cin >> word) m[word]++;",
      () => "for (auto &[key, count] : m) std::cout << key << '=' << count << std::endl;",
      () => `word += "${pick(["x", "ü", " ", "\\x04", "\\xff"])}";`,
      () => "std::cerr << word;"
    ])()
  const end = pick([
    () => `return ${integer(0, 255)};`,
    () => "return 0;",
    () => "std::abort();",
    () => 'throw std::runtime_error("thrown");',
    () => `std::exit(${integer(0, 9)});`,
    () => "return v.at(100) != 0;"
  ])()
  return [
    ...["algorithm", "cstdio", "cstdlib", "iostream", "map", "stdexcept", "string", "vector"].map(
      (name) => `#include <${name}>`
    ),
    "typedef unsigned long long u;",
    "int main() {",
    `  u a = ${integer(0, 99)}, b = ${integer(0, 2 ** 40)}, c = 1;`,
    '  std::string word = "word"; std::vector<u> v; std::map<std::string, u> m;',
    ...Array.from({ length: integer(3, 12) }, () => `  ${statement()}`),
    `  ${end}`,
    "}",
    ""
  ].join("\n")
}

const expression = (random: Random, depth: number): string => {
  const { integer, pick } = random
  if (depth === 0) return pick(["a", "b", "c", "u(word.size())", "u(v.size())", `${integer(0, 2 ** 31)}ull`])
  const left = expression(random, depth - 1)
  const right = expression(random, depth - 1)
  return pick([
    `(${left} ${pick(["+", "-", "*", "&", "|", "^"])} ${right})`,
    `(${left} ${pick(["/", "%"])} (${right} | 1))`,
    `(${left} >> (${right} % 64))`
  ])
}
