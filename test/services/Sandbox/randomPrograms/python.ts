import { type Random, randomFor } from "../../../../src/domain/random.ts"

type Make = (depth: number) => string

/** A Python program that computes, reads, prints and ends in some way, the same for the same number; none is endless. */
export const randomPython = (number: number): string => {
  const random = randomFor("random programs", "python", number)
  const { chance, integer, pick } = random
  const { list, text, whole } = expressions(random)
  const value: Make = (depth) => pick([list, text, whole])(depth)

  const simple: ReadonlyArray<() => string> = [
    () => `${pick(["i", "j", "k"])} = ${whole(2)} % 10**30`,
    () => `${pick(["s", "t"])} = (${text(2)})[:200]`,
    () => `${pick(["l", "m"])} = (${list(2)})[:20]`,
    () => `print(${value(2)})`,
    () => `print(${value(2)}, ${value(1)}, sep=${pick(["' '", "'\\n'", "''", "'\\r\\n'"])})`,
    () => `print(${value(1)}, end=${pick(["''", "'\\0'", "' \\n'"])})`,
    () => `sys.stdout.write(${text(2)})`,
    () =>
      `sys.stdout.flush(); sys.stdout.buffer.write(bytes(x % 256 for x in ${list(1)})); sys.stdout.buffer.flush()`,
    () => `sys.stderr.write(${text(1)})`,
    () => `d[${pick([text, whole])(1)}] = ${value(1)}`,
    () => "print(sorted(map(str, d)), len(d))",
    () => "print({x for x in 'some letters'}, {*m})",
    () => `s = sys.stdin.${pick(["readline()", "read(3)", "read()", "readline().strip()"])}`,
    () => "l = [len(line) for line in sys.stdin]"
  ]
  const statements = (count: number, depth: number): ReadonlyArray<string> =>
    Array.from({ length: count }, () => statement(depth)).flat()
  const block = (depth: number) => statements(integer(1, 3), depth - 1).map((line) => `    ${line}`)
  const statement = (depth: number): ReadonlyArray<string> => {
    if (depth === 0 || chance(0.6)) return [pick(simple)()]
    return pick([
      () => [`for ${pick(["i", "j"])} in range(${integer(0, 5)}):`, ...block(depth)],
      () => [
        `if ${whole(1)} ${pick(["<", "==", ">="])} ${whole(1)}:`,
        ...block(depth),
        "else:",
        ...block(depth)
      ],
      () => ["try:", ...block(depth), "except Exception as error:", "    print(type(error).__name__)"],
      () => [`for x in ${list(1)}:`, ...block(depth)]
    ])()
  }
  const functions = ["f", "g"].flatMap((name) => [
    `def ${name}(a, b):`,
    `    if a < ${integer(-5, 5)}: return b`,
    `    return ${pick(["a - b", "a ^ b", `${name}(a // 2 - 1, b + 1)`, "f'{a}{b}'.count('1')", "a * b"])}`
  ])
  const values = ["i", "j", "k"].map((name) => `${name} = ${integer(-100, 100)}`)
  return [
    "import os, sys",
    ...functions,
    ...values,
    "s, t, l, m, d, x = 'text', 'ünï', [3, 1, 2], [], {}, 7",
    ...statements(integer(3, 12), 2),
    ...(chance(0.5) ? [] : [pick(endings)(integer(0, 300))]),
    ""
  ].join("\n")
}

const endings: ReadonlyArray<(number: number) => string> = [
  (number) => `sys.exit(${number})`,
  () => "sys.exit(s)",
  () => "raise ValueError(t)",
  (number) => `sys.stdout.flush(); os._exit(${number % 256})`,
  () => "os.abort()",
  () => "import atexit; atexit.register(print, 'at last')",
  () => "import signal; os.kill(os.getpid(), signal.SIGTERM)",
  () => "os.close(1)",
  () => "assert not l, l"
]

const expressions = ({ integer, pick }: Random) => {
  const whole: Make = (depth) =>
    depth === 0
      ? pick([
          () => String(integer(-1_000, 1_000)),
          () => String(integer(0, 2 ** 50)),
          () => pick(["i", "j", "k"])
        ])()
      : pick([
          () =>
            `(${whole(depth - 1)} ${pick(["+", "-", "*", "//", "%", "&", "|", "^"])} ${whole(depth - 1)})`,
          () => `${pick(["len", "hash"])}(${text(depth - 1)})`,
          () => `sum(${list(depth - 1)})`,
          () => `${pick(["f", "g"])}(${whole(depth - 1)} % 1000, ${whole(depth - 1)} % 1000)`,
          () => `int(${text(depth - 1)} or 0)`,
          () => `round(${whole(depth - 1)} / ${integer(1, 9)} * 1.5)`
        ])()
  const text: Make = (depth) =>
    depth === 0
      ? pick(["s", "t", "'a b'", "'\\0'", "'\\x1b[1m\\x04'", "'日本 😀'", "'x\\r\\ny'", "''"])
      : pick([
          () => `(${text(depth - 1)} + ${text(depth - 1)})`,
          () => `(${text(depth - 1)} * ${integer(0, 3)})`,
          () =>
            `${text(depth - 1)}${pick(["[::-1]", ".upper()", "[1:]", ".strip()", ".replace('a', 'bb')"])}`,
          () => `${pick(["str", "repr"])}(${pick([text, list, whole])(depth - 1)})`,
          () => `chr(${whole(depth - 1)} % 0xd800)`,
          () => `('${pick(["%5d", "%x", "%e"])}' % (${whole(depth - 1)}))`,
          () => `' '.join(map(str, ${list(depth - 1)}))`
        ])()
  const list: Make = (depth) =>
    depth === 0
      ? pick(["l", "m", "[]", "list(range(5))"])
      : pick([
          () => `[${whole(depth - 1)}, ${whole(depth - 1)}]`,
          () => `(${list(depth - 1)} + ${list(depth - 1)})`,
          () => `${pick(["sorted", "list"])}({*${list(depth - 1)}})`,
          () => `[y ${pick(["+", "*", "%"])} ${whole(depth - 1)} for y in ${list(depth - 1)}]`
        ])()
  return { list, text, whole }
}
