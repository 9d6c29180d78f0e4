/** How this very program is called: by a node, and the file that it runs. */
export const program = { node: process.execPath, file: process.argv[1] ?? "seidr" }
