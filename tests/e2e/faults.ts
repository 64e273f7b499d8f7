// What can go wrong, and which test brings it about; each checks that the page answers, that nothing trained or
// drawn is lost, and that a sentence says what happened and what to do.
//
// fault                                   here                            and natively
// a worker dies, panics or traps          crashes.spec.ts                 session/tests/mod.rs
// an assistant of a trainer dies          parallel.spec.ts                tests/shared_steps.rs, session/tests/assistants.rs
// the loss is no number                   diverging.spec.ts               session/tests/faults.rs, good_epochs.rs
// a GPU is lost, missing or wrong         faults.gpu.spec.ts              session/tests/lost_gpu.rs
// offline, or a newer build waits         offline.spec.ts                 session/tests/new_version.rs
// a file that cannot be read, any kind    bad_files.spec.ts               data/, `cargo xtask fuzz`
// a file of the page missing or cut       faults.spec.ts                  session/tests/faults.rs, data/packed.rs
// a rare part of the page is missing      rare_parts.spec.ts
// a link with garbage or old values       link.spec.ts                    session/link/, `cargo xtask fuzz`
// storage forbidden, tab hidden           faults.spec.ts
// work cannot be kept, or is damaged      keeping.spec.ts                 session/tests/keeping.rs
// double clicks, rotation in a stroke     faults.spec.ts                  session/tests/faults.rs
// page and worker of different builds     faults.spec.ts                  session/tests/faults.rs
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
