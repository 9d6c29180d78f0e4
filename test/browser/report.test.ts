import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { type Browser, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { seidr } from "../programs/cli/seidr.ts"

/** A browser of the system; the package brings none. */
const executable = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) => {
  try {
    return [execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim()]
  } catch {
    return []
  }
})[0]

const attack = `</script></style><img src=x onerror="globalThis.attacked=1"><script>globalThis.attacked=2</script>\u001b[2J`
const program = `# ${attack.replace("\u001b", "")}\na, b = map(int, open(0).read().split())\nprint(a + b)\n`
const problem = JSON.stringify({
  name: "sum",
  description: `Add. ${attack}`,
  examples: [
    { input: "1 2\n", output: "3\n" },
    { input: "5 6\n", output: "11\n" }
  ]
})

describe.skipIf(executable === undefined)("a report in chromium (skipped where there is none)", () => {
  const cwd = mkdtempSync(join(tmpdir(), "seidr-browser-"))
  const file = join(cwd, "report.html")
  let browser: Browser

  beforeAll(async () => {
    const make = ["experiment", "make", "--problems", "gcd,fizz-buzz", "--languages", "python"]
    const grid = [
      "--arities",
      "2,4",
      "--repetitions",
      "2",
      "--models",
      "simulated:hard",
      "--max-programs",
      "12"
    ]
    const cases = ["--valid-examples", "10", "--test-examples", "10", "--out", "grid.csv"]
    expect((await seidr([...make, ...grid, ...cases], { cwd })).status).toBe(0)
    expect((await seidr(["experiment", "grid.csv"], { cwd })).status).toBeLessThanOrEqual(1)
    writeFileSync(join(cwd, "sum.json"), problem)
    writeFileSync(join(cwd, "start.py"), program)
    const solve = ["solve", "sum.json", "--start", "start.py", "--label", attack, "--max-programs", "2"]
    expect((await seidr(solve, { cwd })).status).toBe(0)
    const prices = join(cwd, "prices.yaml")
    writeFileSync(prices, "simulated:hard: { in: 1, out: 2 }\nsimulated: { in: 1, out: 2 }\n")
    const made = await seidr(["report", "--out", file, "--title", attack, "--prices", prices], { cwd })
    expect(made.status, made.err).toBe(0)
    browser = await chromium.launch({
      executablePath: executable!,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : []
    })
  })
  afterAll(async () => {
    await browser?.close()
    // Who wants to look at it says where to.
    if (process.env["SEIDR_SCREENSHOTS"] === undefined) rmSync(cwd, { recursive: true, force: true })
  })

  /** Opens the report, and holds that nothing goes wrong and nothing leaves the page. */
  const opened = async (
    width: number,
    colorScheme: "light" | "dark",
    use: (page: Page) => Promise<void>
  ): Promise<void> => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
    const wrong: Array<string> = []
    page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`))
    page.on("pageerror", (error) => wrong.push(error.message))
    page.on("dialog", (dialog) => wrong.push(dialog.message()))
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href && !request.url().startsWith("data:"))
        wrong.push(request.url())
    })
    try {
      await page.goto(pathToFileURL(file).href)
      await use(page)
      expect(await page.evaluate("globalThis.attacked")).toBeUndefined()
      expect(wrong).toEqual([])
    } finally {
      await page.close()
    }
  }

  const shot = async (page: Page, name: string) => {
    const folder = process.env["SEIDR_SCREENSHOTS"]
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1_200]) {
      it(`fits ${width} pixels, ${colorScheme}`, () =>
        opened(width, colorScheme, async (page) => {
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width)
          // What is wider scrolls by itself, and can be reached by the keyboard.
          expect(
            await page.evaluate(
              "[...document.querySelectorAll('body *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'auto' && one.tabIndex !== 0).length"
            )
          ).toBe(0)
          const [background, text] = (await page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('svg text')).fill]"
          )) as [string, string]
          const brightness = (colour: string) =>
            (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)
          expect(brightness(background) > 380).toBe(colorScheme === "light")
          expect(brightness(text) > 380).toBe(colorScheme === "dark")
          await shot(page, `${colorScheme}-${width}`)
        }))
    }
  }

  it("shows strangers' texts as they are, and every figure with its name", () =>
    opened(1_200, "light", async (page) => {
      expect(await page.locator("h1").textContent()).toBe(attack.replace("\u001b", "\\x1b"))
      expect(await page.locator("pre code").allTextContents()).toContain(program)
      expect(await page.locator("script, img").count()).toBe(0)
      const figures = await page.getByRole("img").count()
      expect(figures).toBe(await page.locator("figure").count())
      expect(figures).toBeGreaterThanOrEqual(14)
      await page.getByRole("img", { name: "Runs that solve, by problem and setting" }).waitFor()
      const download = page.waitForEvent("download")
      await page.locator('a[download="heat-map.csv"]').click()
      const saved = readFileSync(await (await download).path(), "utf8")
      expect(saved).toMatch(/^problem,setting,solved,low,high,runs\r\nfizz-buzz,/)
    }))

  it("prints on light pages, also for who reads in the dark", () =>
    opened(1_200, "dark", async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-")
      expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThanOrEqual(5)
      await page.emulateMedia({ media: "print", colorScheme: "dark" })
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)"
      )
      expect(await page.evaluate("document.querySelector('#runs').getClientRects().length")).toBe(1)
      // On a sheet of paper no table is wider than it.
      await page.setViewportSize({ width: 703, height: 1_000 })
      expect(
        await page.evaluate(
          "[...document.querySelectorAll('table, figure, pre')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.id || one.tagName)"
        )
      ).toEqual([])
      const folder = process.env["SEIDR_SCREENSHOTS"]
      if (folder !== undefined) writeFileSync(join(folder, "report.pdf"), pdf)
    }))
})
