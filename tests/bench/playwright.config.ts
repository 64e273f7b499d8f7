import base from "../e2e/playwright.config";

const [cpu] = base.projects ?? [];
const { args = [], ...launchOptions } = cpu.use?.launchOptions ?? {};
// On a busy machine an epoch on an adapter of software takes longer than a browser lets its GPU be silent.
const patient = [...args, "--disable-gpu-watchdog"];

export default {
  ...base,
  testDir: ".",
  globalSetup: undefined,
  outputDir: "../../test-results/bench",
  timeout: 1_200_000,
  retries: 0,
  webServer: undefined,
  use: { ...base.use, trace: "off" as const },
  projects: [{ name: "bench", testMatch: "**/*.bench.ts", use: { launchOptions: { ...launchOptions, args: patient } } }],
};
