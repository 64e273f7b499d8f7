// Run by `cargo xtask audit`, which serves the finished page and says where.
import e2e from "../e2e/playwright.config";

const PARTS = ["html", "reader", "axe", "verdict", "vitals", "lighthouse"];
const chromium = e2e.projects?.find(({ name }) => name === "cpu")?.use;

export default {
  ...e2e,
  testDir: ".",
  globalSetup: "../e2e/warm_up.ts",
  outputDir: "../../test-results/audit",
  timeout: 900_000,
  // Its snapshots of the page would be measured along with the page.
  use: { ...e2e.use, trace: "off" as const },
  // What has to be tried again is no measurement.
  retries: 0,
  projects: PARTS.map((name) => ({
    name,
    testMatch: `${name}.spec.ts`,
    // What cannot be done in a minute is a finding, not a reason to wait.
    use: { ...chromium, actionTimeout: 60_000 },
  })),
};
