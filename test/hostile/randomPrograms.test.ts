import { randomProgramsSuite } from "../services/Sandbox/randomPrograms/suite.ts"

randomProgramsSuite({ python: 1_000, cpp: 60 })
