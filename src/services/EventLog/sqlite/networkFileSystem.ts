import { statfsSync } from "node:fs"

/**
 * File systems that several machines write at once, by the number that Linux gives in `statfs`. A log keeps its
 * writers apart by locks and by memory that they share, and neither reaches another machine.
 *
 * Not here: FUSE, since most of what stands behind it is local (and `sshfs` cannot be told from it), and 9p, since it
 * links a guest with its own host (WSL, virtual machines, gVisor).
 */
const types: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff53_4d42, "CIFS"],
  [0xfe53_4d42, "SMB2"],
  [0x5346_414f, "AFS"],
  [0x6b41_4653, "AFS"],
  [0x00c3_6400, "Ceph"],
  [0x7375_7245, "Coda"],
  [0x0bd0_0bd0, "Lustre"],
  [0x4750_4653, "GPFS"],
  [0x1983_0326, "BeeGFS"],
  [0xaad7_aaea, "PanFS"],
  [0x7461_636f, "OCFS2"],
  [0x0116_1970, "GFS2"]
])

/** The `type` that `statfs` gives for a folder. */
export type StatFs = (folder: string) => { readonly type: number }

/** The name of the network file system that a folder is on; undefined when it is on none that is known. */
export const networkFileSystemOf = (folder: string, statFs: StatFs = statfsSync): string | undefined => {
  // The numbers are Linux's; other systems count their file systems as they load them.
  if (process.platform !== "linux" && statFs === statfsSync) return undefined
  return types.get(statFs(folder).type >>> 0)
}
