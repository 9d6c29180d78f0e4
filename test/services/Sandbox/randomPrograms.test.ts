import { randomProgramsSuite } from "./randomPrograms/suite.ts"

// A sample: `npm run test:hostile` has the thousand.
randomProgramsSuite({ python: 12, cpp: 1 })
