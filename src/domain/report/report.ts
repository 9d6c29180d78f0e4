import { counted } from "./numbers.ts"
import { type Page, text } from "./page.ts"
import { comparisonsSection } from "./sections/comparisons.ts"
import { costsSection } from "./sections/costs.ts"
import { curvesSection } from "./sections/curves.ts"
import { failuresSection } from "./sections/failures.ts"
import { problemsSection } from "./sections/problems.ts"
import { programsSection } from "./sections/programs.ts"
import { provenanceSection } from "./sections/provenance.ts"
import { publishedSection } from "./sections/published.ts"
import { settingsSection } from "./sections/settings.ts"
import { summarySection } from "./sections/summary.ts"
import { problemsOf, type Source } from "./source.ts"

/** What a report on some runs says. It follows from them alone: the same runs give the same page. */
export const reportOf = (source: Source): Page => {
  const { analysis, title } = source
  const { runs, settings } = analysis
  return {
    title,
    lead: leadOf(source),
    sections:
      runs.length === 0
        ? [
            {
              id: "summary",
              title: "Summary",
              blocks: [text("No run has ended: there is nothing to count yet.")]
            },
            provenanceSection(source)
          ]
        : [
            summarySection(source),
            settingsSection(source),
            ...publishedSection(source),
            problemsSection(source),
            curvesSection(source),
            programsSection(source),
            ...(settings.length > 1 ? comparisonsSection(source) : []),
            failuresSection(source),
            costsSection(source),
            provenanceSection(source)
          ]
  }
}

const leadOf = ({ absent, analysis, unfinished }: Source): ReadonlyArray<string> => {
  const { runs, settings } = analysis
  const solved = runs.filter(({ measures }) => measures.isSolved).length
  return [
    `${counted(runs.length, "run")} on ${counted(problemsOf({ ...analysis }).length, "problem")} under ${counted(settings.length, "setting")}; ${solved} solve.`,
    ...(unfinished.length === 0
      ? []
      : [`${counted(unfinished.length, "run")} more not ended, and in no figure.`]),
    ...(absent.length === 0 ? [] : [`${counted(absent.length, "row")} of the table without a run.`])
  ]
}
