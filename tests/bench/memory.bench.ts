import { expect, test } from "../e2e/bottleneck_page";
import { PageMemory } from "./page_memory";
import { IS_QUICK, record, say, type Measured } from "./record";

/** Of the recipe that the page opens with: 1,078 digits by 32. */
const STEPS_PER_EPOCH = 34;
const N_STEPS = 10_000;
const N_SAMPLES = IS_QUICK ? 5 : 10;

test.use({ serviceWorkers: "block", faultsAreExpected: true });

test("memory: 10,000 steps", { tag: "@memory" }, async ({ bottleneck, page }) => {
  const memory = await PageMemory.of(page);
  await bottleneck.open();
  await bottleneck.set("Epochs", 20_000);
  await bottleneck.train.click();
  const samples: number[][] = [];
  for (let sample = 1; sample <= N_SAMPLES; sample += 1) {
    await bottleneck.reachesEpoch(Math.ceil((sample * N_STEPS) / N_SAMPLES / STEPS_PER_EPOCH), 300_000);
    samples.push(await memory.now());
  }
  await expect(bottleneck.pause).toBeVisible();
  const series: Measured[] = PageMemory.names.map((name, idx) => ({ name, samples: samples.map((row) => row[idx]) }));
  say(`memory: ${N_SAMPLES} samples up to epoch ${await bottleneck.epoch()}`);
  record("memory", "MB", series);
});
