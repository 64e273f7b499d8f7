import type { Page } from "@playwright/test";

/** Collects what must never happen: errors, and requests that leave the page's own folder. */
export function watchForFaults(page: Page, home: string) {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(home)) {
      faults.push(`foreign request: ${request.url()}`);
    }
  });
  return faults;
}
