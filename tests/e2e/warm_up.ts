import { chromium, type FullConfig } from "@playwright/test";
import { ANY_VERDICT, BottleneckPage } from "./bottleneck_page";
import { watchForFaults } from "./faults";

/** On a cold machine the first start of the browser alone can take minutes. */
const PATIENCE = 300_000;

/** Starts the browser once and waits for the page's first verdict, so that no test's clock pays for a cold machine. */
export default async function warmUp({ projects }: FullConfig) {
  const { baseURL = "", launchOptions } = projects[0].use;
  const browser = await chromium.launch({ ...launchOptions, timeout: PATIENCE });
  try {
    const page = await browser.newPage({ baseURL });
    const faults = watchForFaults(page, baseURL);
    const response = await page.goto("./", { timeout: PATIENCE }).catch((error: Error) => {
      throw new Error(`The page at ${baseURL} did not load: ${error.message}`);
    });
    if (!response?.ok()) throw new Error(`There is no page at ${baseURL}: the server answers ${response?.status()}.`);
    const { verdict, notice } = new BottleneckPage(page);
    await verdict.filter({ hasText: ANY_VERDICT }).waitFor({ timeout: PATIENCE }).catch(async () => {
      const reports = [...faults, ...(await notice.allTextContents())].filter(Boolean);
      const because = reports.join("; ") || "it has reported no error";
      throw new Error(`The page at ${baseURL} loaded, but gave no verdict in ${PATIENCE / 60_000} minutes: ${because}`);
    });
  } finally {
    await browser.close();
  }
}
