// A Slurm of one node with several slots, of processes of our own: munge, slurmctld and slurmd with a configuration in a
// folder, on loopback. Wants Debian's `slurm-wlm` and `munge` (apt-get install slurm-wlm munge), and root.
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { hostname } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"

const configuration = ({ folder, node, ports, slots }) => `ClusterName=seidr
SlurmctldHost=${node}(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
MinJobAge=100000
SlurmdParameters=config_overrides
NodeName=${node} NodeAddr=127.0.0.1 CPUs=${slots} State=UNKNOWN
PartitionName=work Nodes=${node} Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=${node} MaxTime=INFINITE State=UP PriorityTier=9
`

/**
 * Starts the cluster in a folder.
 *
 * @returns `environment` for Slurm's commands, and `stop`, which ends what was started and nothing else
 */
export const startCluster = async (folder, slots) => {
  for (const part of ["state", "spool"]) mkdirSync(join(folder, part), { recursive: true })
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, "munge.key"), randomBytes(1024), { mode: 0o600 })
  const node = hostname().split(".")[0]
  const file = join(folder, "slurm.conf")
  writeFileSync(file, configuration({ folder, node, slots, ports: [await freePort(), await freePort()] }))
  const environment = { ...process.env, SLURM_CONF: file }
  const started = []
  const start = (name, args) => {
    const said = openSync(join(folder, `${name}.out`), "a")
    const child = spawn(name, args, { env: environment, stdio: ["ignore", said, said] })
    const ended = new Promise((done) => child.once("close", done).once("error", done))
    started.unshift({ child, ended })
  }
  const stop = async () => {
    for (const { child, ended } of started) {
      child.kill("SIGTERM")
      await ended
    }
  }
  const mungeFiles = [
    "key-file=munge.key",
    "socket=munge.socket",
    "pid-file=munged.pid",
    "seed-file=munge.seed"
  ]
  start("munged", [
    "--foreground",
    "--force",
    ...[...mungeFiles, "log-file=munged.log"].map((flag) => `--${flag.replace("=", `=${folder}/`)}`)
  ])
  await until(() => existsSync(join(folder, "munge.socket")), "munged")
  start("slurmctld", ["-D", "-c"])
  start("slurmd", ["-D"])
  await until(
    async () => /^idle/m.test((await run("sinfo", ["-h", "-o", "%T"], environment)).out),
    "the node"
  )
  return { environment, stop }
}

/** Runs a command to its end. */
export const run = (name, args, env) =>
  new Promise((done, fail) => {
    const child = spawn(name, args, { env, stdio: ["ignore", "pipe", "pipe"] })
    let out = ""
    let err = ""
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text
    })
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text
    })
    child.once("error", fail)
    child.once("close", (status) => done({ status, out, err }))
  })

/** Looks twice a second, for two minutes, whether something holds. */
const until = async (holds, what) => {
  for (let look = 0; look < 240; look++) {
    if (await holds()) return
    await pause(500)
  }
  throw new Error(`${what} does not come up`)
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
