import { defineConfig } from "@playwright/test";

// `cargo xtask test` serves the page and says where; run by hand, the tests serve it themselves.
const given = process.env.BOTTLENECK_URL;
// Below a path, as on GitHub Pages, so that an absolute address in the page is noticed.
const prefix = "/some/repo/";
const port = 8087;

const quiet = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const softwareGpu = ["--enable-unsafe-webgpu", "--enable-features=Vulkan", "--use-webgpu-adapter=swiftshader"];

function chromium(args: string[]) {
  return { launchOptions: { executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", args } };
}

/** What every browser must do: load, draw, judge, train on the CPU. */
const core = ["**/opening.spec.ts", "**/training.spec.ts"];
// The driver's newest version asks for what Debian's Firefox does not know yet: @playwright/test stays at 1.64 until it does.
const firefox = {
  browserName: "firefox" as const,
  channel: "moz-firefox",
  launchOptions: { executablePath: process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr" },
};

export default defineConfig({
  testDir: ".",
  globalSetup: "./warm_up.ts",
  outputDir: "../../test-results",
  timeout: 120_000,
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // A shared machine can stall for longer than any test waits; what needed a second try is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: {
    baseURL: given ?? `http://127.0.0.1:${port}${prefix}`,
    trace: "retain-on-failure",
    // Every test downloads the page anew, except those about what a browser keeps of it.
    serviceWorkers: "block",
  },
  projects: [
    { name: "cpu", testIgnore: "**/*.{gpu,firefox}.spec.ts", use: chromium(quiet) },
    { name: "gpu", testMatch: "**/*.gpu.spec.ts", use: chromium([...quiet, ...softwareGpu]) },
    { name: "firefox", testMatch: ["**/*.firefox.spec.ts", ...core], use: firefox },
  ],
  webServer: given
    ? undefined
    : {
        command: `cargo xtask serve --as-published --no-open --port ${port} --prefix ${prefix}`,
        cwd: "../..",
        url: `http://127.0.0.1:${port}${prefix}`,
        reuseExistingServer: true,
        timeout: 1_800_000,
      },
});
