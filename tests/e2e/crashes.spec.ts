import { epochIn, expect, ONE, SEVEN, test } from "./bottleneck_page";
import { confuseWorker, EXAMINER, FIRST_TRAINER, killWorker, prepareTraps, tapWorkers, trapWorker } from "./worker_tap";

const DEATHS = [
  { what: "dies without a word", die: killWorker, reason: "out of memory" },
  { what: "panics", die: confuseWorker, reason: "something that it does not know" },
  { what: "traps in its program", die: trapWorker, reason: "unreachable" },
];

// A service worker would answer before a test can put a trap into a worker's program.
test.use({ faultsAreExpected: true, serviceWorkers: "block" });

for (const { what, die, reason } of DEATHS) {
  test(`a trainer that ${what} is replaced, and training goes on from where it was`, async ({ bottleneck }) => {
    await tapWorkers(bottleneck.page);
    await prepareTraps(bottleneck.page);
    await bottleneck.open();
    await bottleneck.trainEndlessly();
    await bottleneck.reachesEpoch(20);
    const before = await bottleneck.epoch();
    const epochs = await bottleneck.watch(bottleneck.progress, "aria-valuetext");

    await die(bottleneck.page, FIRST_TRAINER);
    await expect(bottleneck.notice).toContainText("The trainer stopped");
    await expect(bottleneck.notice).toContainText(reason);
    await expect(bottleneck.notice).toContainText(/Another one goes on from epoch \d+\./);
    const resumedAt = epochIn((await bottleneck.notice.textContent()) ?? "");
    expect(resumedAt).toBeGreaterThanOrEqual(before);
    await bottleneck.reachesEpoch(resumedAt + 10);

    const seen = (await epochs()).map(epochIn);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(before);
    await bottleneck.pause.click();
    await expect(bottleneck.training).toContainText("Paused after epoch");
  });

  test(`an examiner that ${what} is replaced, and drawings are judged again`, async ({ bottleneck }) => {
    await tapWorkers(bottleneck.page);
    await prepareTraps(bottleneck.page);
    await bottleneck.open();
    await bottleneck.draw(ONE);
    const one = await bottleneck.settledError();

    await die(bottleneck.page, EXAMINER);
    await bottleneck.clear.click();
    await bottleneck.draw(SEVEN);
    await bottleneck.isJudged();
    await expect.poll(() => bottleneck.error()).not.toBe(one);

    await bottleneck.clear.click();
    await bottleneck.draw(ONE);
    await expect.poll(() => bottleneck.error(), "the same drawing has the same error").toBe(one);
  });
}

test("training goes on while the examiner is replaced", async ({ bottleneck }) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  await killWorker(bottleneck.page, EXAMINER);
  const errors = await bottleneck.watch(bottleneck.errorMeter, "aria-valuenow");
  const epoch = await bottleneck.epoch();
  await bottleneck.reachesEpoch(epoch + 20);
  await expect.poll(async () => (await errors()).length, "new weights are judged again").toBeGreaterThan(2);
});

test("a trainer that keeps dying is given up, and what it learned stays", async ({ bottleneck }) => {
  await tapWorkers(bottleneck.page);
  await bottleneck.open();
  await bottleneck.trainEndlessly();
  for (let death = 0; death < 3; death += 1) {
    const epoch = await bottleneck.epoch();
    await bottleneck.reachesEpoch(epoch + 3);
    await killWorker(bottleneck.page, FIRST_TRAINER + death);
  }
  await expect(bottleneck.notice).toContainText(/Training keeps stopping .* are kept\./);
  await expect(bottleneck.training).toContainText(/Paused after epoch \d+/);
  const kept = await bottleneck.epoch();
  expect(kept).toBeGreaterThan(6);

  await bottleneck.notice.getByRole("button", { name: "Try again" }).click();
  await bottleneck.reachesEpoch(kept + 3);
});
