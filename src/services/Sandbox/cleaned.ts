import { runnerFile, shownRunnerFile } from "./runner.ts"

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

// The frame through which the runner started the program, and the lines of source that belong to it.
const ownFiles = [runnerFile, shownRunnerFile].map(escaped).join("|")
const runnerFrame = new RegExp(`^ *File "(?:${ownFiles})", line \\d+, in .*\\n(?:    .*\\n)*`, "gm")
// The inner frames of Node.js and of the JDK, and the notes of both, which would crowd out the error itself.
const runtimeFrame =
  /^NOTE: Picked up JDK_JAVA_OPTIONS: .*\n|^(?:OpenJDK|Java HotSpot\(TM\)) .*VM warning: .*\n|^ +at .*\(?node:internal\/.*\n|^\tat java\.base\/jdk\.internal\..*\n|^\nNode\.js v\d.*\n/gm
const address = /\b0x[0-9a-fA-F]{4,}\b/g
const folder = /(?<![\w/:.])\/(?:[\w.+@-]+\/)+(?=[\w.+<@-])/g

/**
 * What a program or compiler wrote about its failure, without what differs from machine to machine and from run to
 * run: addresses, the folders of absolute paths, the runner's own frames.
 */
export const cleaned = (text: string): string =>
  text.replace(runnerFrame, "").replace(runtimeFrame, "").replace(folder, "").replace(address, "0x…")
