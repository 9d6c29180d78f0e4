/**
 * No table changes. From here on fields of events that are columns are not in `data` again; an older seidr could not
 * read such rows, and refuses the log by its version.
 */
export const storedOnce0004: ReadonlyArray<string> = []
