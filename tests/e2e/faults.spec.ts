import { expect, ONE, SEVEN, test, type BottleneckPage } from "./bottleneck_page";

// A service worker would answer before a test can break a file.
test.use({ serviceWorkers: "block" });

const ANOTHER_BUILD = `
  const tell = self.postMessage.bind(self);
  // The first that a worker says is which build it is of: the kind of event, the length of the name, the name.
  self.postMessage = () => {
    self.postMessage = tell;
    const name = new TextEncoder().encode("another");
    tell(Uint8Array.of(0, name.length, ...name).buffer);
  };
`;

test.describe("files of the page", () => {
  test.use({ faultsAreExpected: true });

  const BROKEN = [
    { what: "is missing", says: "the host answered with status 404", answer: { status: 404 } },
    { what: "is cut short", says: "it was cut off or damaged on the way", keep: 5_000 },
  ];
  for (const { what, says, answer, keep } of BROKEN) {
    test(`data that ${what} are said, other recipes work, and coming back tries again`, async ({ bottleneck }) => {
      const { page, notice } = bottleneck;
      await page.route("**/data/digits.bin*", async (route) => {
        if (answer) return route.fulfill(answer);
        const body = await (await route.fetch()).body();
        return route.fulfill({ body: body.subarray(0, keep) });
      });
      await page.goto("./#recipe=well-trained");
      await expect(notice).toContainText("Could not load the UCI digits");
      await expect(notice).toContainText(says);
      await expect(notice).toContainText("Check the connection and reload the page.");
      await bottleneck.choose("A table of employees (article 4)");
      await page.unroute("**/data/digits.bin*");
      await bottleneck.choose("Small digits, 8 × 8");
    });
  }

  test("without the model that comes with the page, one can be trained", async ({ bottleneck }) => {
    const { page, notice } = bottleneck;
    const notANumber = Buffer.from(Float32Array.from({ length: 5_000 }, () => Number.NaN).buffer);
    await page.route("**/models/well-trained.bin*", async (route) => {
      const { length } = await (await route.fetch()).body();
      await route.fulfill({ body: Buffer.concat([notANumber, Buffer.alloc(length)]).subarray(0, length) });
    });
    await page.goto("./#recipe=well-trained");
    await expect(notice).toContainText("Could not load the pre-trained model: the file is damaged.");
    await expect(bottleneck.verdict).toContainText("This network has learned nothing");
    await bottleneck.draw(SEVEN);
    await bottleneck.trainToTheEnd(2);
    await bottleneck.hasVerdict();
  });
});

test.describe("page and workers of different builds", () => {
  test("a trainer of another build is refused; the drawing and what judges it stay", async ({ bottleneck }) => {
    const { notice, page } = bottleneck;
    await bottleneck.open();
    await bottleneck.draw(SEVEN);
    await bottleneck.trainToTheEnd(2);
    const error = await bottleneck.settledError();
    await page.reload();
    await bottleneck.isJudged();
    await serveAnotherBuild(bottleneck);
    await bottleneck.train.click();
    await expect(notice).toContainText("The part of the page that trains is from another version than the page.");
    await expect(notice).toContainText("Reload the page to get the new one; what you see stays until then.");
    await expect(bottleneck.train).toBeEnabled();
    await bottleneck.isJudged();
    await expect(page.getByText("Your own drawing").first()).toBeVisible();

    await page.unroute("**/cpu_worker_loader.js*");
    await bottleneck.trainToTheEnd(2);
    await expect.poll(async () => Math.abs((await bottleneck.error()) - error), "the ink of a link has shades").toBeLessThan(0.002);
  });

  test("an examiner of another build is not asked, and the page says so", async ({ bottleneck }) => {
    await serveAnotherBuild(bottleneck);
    await bottleneck.page.goto("./");
    await expect(bottleneck.notice).toContainText("The part of the page that judges is from another version");
    await bottleneck.draw(SEVEN);
    await expect(bottleneck.page.getByText("Your own drawing").first()).toBeVisible();
  });
});

test("where nothing may be stored the page does without", async ({ bottleneck }) => {
  await bottleneck.page.addInitScript(() => {
    const forbidden = () => {
      throw new DOMException("forbidden", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
      Object.defineProperty(window, name, { get: forbidden });
    }
    Object.defineProperty(Document.prototype, "cookie", { get: forbidden, set: forbidden });
    history.replaceState = forbidden;
  });
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  await bottleneck.trainToTheEnd(2);
  await bottleneck.isJudged();
});

test("a tab that is hidden trains to the end, and shows it when it comes back", async ({ bottleneck }) => {
  await prepareHiding(bottleneck);
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  await bottleneck.set("Epochs", 1_000);
  await bottleneck.train.click();
  await hide(bottleneck, true);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await hide(bottleneck, false);
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 1000 epochs.", { timeout: 60_000 });
  const error = await bottleneck.settledError();
  await bottleneck.clear.click();
  await bottleneck.draw(ONE);
  await expect.poll(() => bottleneck.error(), "drawings are judged").not.toBe(error);
});

test("double clicks do what can be taken back", async ({ bottleneck }) => {
  const { notice, page, training } = bottleneck;
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  await bottleneck.rotation.fill("30");
  await bottleneck.trainToTheEnd(2);
  const error = await bottleneck.settledError();

  await bottleneck.clear.dblclick();
  await expect(page.getByText("Nothing drawn yet").first()).toBeVisible();
  await undo.click();
  await expect(bottleneck.rotation).toHaveValue("30");
  await expect.poll(() => bottleneck.error()).toBe(error);
  await bottleneck.example.dblclick();
  await undo.click();
  await undo.click();
  await expect(bottleneck.rotation).toHaveValue("30");
  await expect.poll(() => bottleneck.error()).toBe(error);

  for (const button of [bottleneck.reset, bottleneck.train]) {
    await button.dblclick();
    await expect(bottleneck.train).toBeVisible();
    await notice.getByRole("button", { name: "Take it back" }).click();
    await expect(training).toContainText("Trained here, in your browser: 2 epochs.");
    await expect.poll(() => bottleneck.error()).toBe(error);
  }
});

test("a window that changes its shape ends the stroke and keeps the drawing", async ({ bottleneck }) => {
  const { page } = bottleneck;
  await bottleneck.open();
  await page.setViewportSize({ width: 412, height: 915 });
  await bottleneck.draw(ONE);
  const before = await bottleneck.settledError();
  let at = await bottleneck.placeOnScreen();
  await page.mouse.move(...at([0.2, 0.2]));
  await page.mouse.down();
  await page.mouse.move(...at([0.3, 0.2]), { steps: 3 });
  await expect.poll(() => bottleneck.error()).not.toBe(before);
  const begun = await bottleneck.settledError();

  await page.setViewportSize({ width: 915, height: 412 });
  at = await bottleneck.placeOnScreen();
  await page.mouse.move(...at([0.8, 0.8]), { steps: 3 });
  await page.mouse.up();
  expect(await bottleneck.settledError(), "no line crosses the drawing").toBe(begun);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(() => bottleneck.error()).toBe(before);
  await bottleneck.draw([[[0.2, 0.5], [0.8, 0.5]]]);
  await expect.poll(() => bottleneck.error(), "the next stroke is drawn").not.toBe(before);
});

/** A headless browser hides no tab, so that what it does to one is done to the page: no frames, slow timers. */
function prepareHiding({ page }: BottleneckPage) {
  return page.addInitScript(() => {
    let isHidden = false;
    const held: FrameRequestCallback[] = [];
    const [nativeFrame, nativeTimeout] = [window.requestAnimationFrame, window.setTimeout];
    Object.defineProperty(document, "hidden", { get: () => isHidden });
    Object.defineProperty(document, "visibilityState", { get: () => (isHidden ? "hidden" : "visible") });
    window.requestAnimationFrame = (frame) => (isHidden ? -held.push(frame) : nativeFrame.call(window, frame));
    window.setTimeout = ((run: TimerHandler, ms = 0, ...rest: unknown[]) =>
      nativeTimeout.call(window, run, isHidden ? Math.max(ms, 1_000) : ms, ...rest)) as typeof setTimeout;
    window.addEventListener("test-hide", (event) => {
      isHidden = (event as CustomEvent<boolean>).detail;
      document.dispatchEvent(new Event("visibilitychange"));
      if (!isHidden) for (const frame of held.splice(0)) nativeFrame.call(window, frame);
    });
  });
}

function hide({ page }: BottleneckPage, isHidden: boolean) {
  return page.evaluate((isHidden) => {
    window.dispatchEvent(new CustomEvent("test-hide", { detail: isHidden }));
  }, isHidden);
}

/** Workers that start from now on say that they are from another build. */
function serveAnotherBuild({ page }: BottleneckPage) {
  return page.route("**/cpu_worker_loader.js*", async (route) => {
    const loader = await (await route.fetch()).text();
    // Imports come first wherever they stand, so that this acts before the worker says a word.
    await route.fulfill({ body: ANOTHER_BUILD + loader, contentType: "text/javascript" });
  });
}
