// catastrophic pattern
// expect: TimeLimit
// timeMs: 1000
// run: on demand
;/(a+)+$/.test("a".repeat(64) + "b")
