import { languages } from "../../../domain/language.ts"
import { dataMemory, installedDriver } from "../installedDriver.ts"

const { fileName } = languages.erlang

/** One scheduler of each kind, since a program has one processor, and no waiting in loops for work. */
export const beamFlags = "+S 1:1 +SDcpu 1:1 +SDio 1 +A 1 +sbwt none +sbwtdcpu none +sbwtdio none"
export const beamMemory = dataMemory(256, 64)
export const beamOutOfMemory = /eheap_alloc: Cannot allocate|binary_alloc: Cannot allocate|system_limit/

const runMain =
  "io:setopts([{encoding, unicode}]), try program:main([]) catch Class:Reason:Trace -> " +
  'io:format(standard_error, "~p: ~tp~n~tp~n", [Class, Reason, Trace]), halt(1) end, halt(0).'
const askVersion =
  'io:format("Erlang/OTP ~s, erts ~s~n", [erlang:system_info(otp_release), erlang:system_info(version)]), halt().'

export const erlang = installedDriver({
  language: "erlang",
  names: ["erl"],
  versionArgs: ["-noshell", "-eval", askVersion],
  advice: "there is no erl; install Erlang (Debian and Ubuntu: apt-get install erlang-base)",
  recipe: ({ path }) => ({
    runs: "command",
    fileName,
    compile: [`${path}c`, fileName],
    run: [path, "-noshell", "-eval", runMain]
  }),
  environment: { ERL_FLAGS: beamFlags, ERL_CRASH_DUMP_BYTES: "0" },
  memory: beamMemory,
  outOfMemory: beamOutOfMemory
})
