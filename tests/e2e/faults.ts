import type { Page } from "@playwright/test";

/** Collects what must never happen: errors, and requests that leave the page's own folder. */
export function watchForFaults(page: Page, home: string) {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  // What the policy of the page forbids is a fault of the page, whoever gets to hear of it.
  void page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} forbids ${blockedURI}`);
    });
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(home)) {
      faults.push(`foreign request: ${request.url()}`);
    }
  });
  return faults;
}
