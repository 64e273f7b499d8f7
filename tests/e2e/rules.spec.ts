import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { ThresholdRules } from "./threshold_rules";

test("line, sentence, counts and false alarms change together with the rule", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  const lines = new Set<number>();
  for (const rule of rules.withoutLabels) {
    await rules.choose(rule);
    const line = await bottleneck.thresholdNow();
    lines.add(line);
    await expect(bottleneck.thresholdValue).toHaveValue(line.toFixed(5));
    const isAbove = (await bottleneck.error()) > line;
    await expect(bottleneck.verdict).toContainText(isAbove ? "Anomaly" : "Normal");
    const { nFlagged, nItems, low, high } = await rules.falseAlarms();
    expect(nItems).toBe(360);
    const percent = (100 * nFlagged) / nItems;
    expect(low).toBeLessThanOrEqual(percent);
    expect(high).toBeGreaterThanOrEqual(percent);
    await expect(rules.radio(rule)).toHaveAccessibleDescription(new RegExp(`flags ${nFlagged} of the 360 test digits`));
  }
  expect(lines.size).toBe(rules.withoutLabels.length);
});

test("the batch losses' low line flags several times as many as the conformal one promises", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  const conformal = await rules.falseAlarms();
  await expect(rules.atWork).toContainText("which fits: it promises at most 5 %");
  await rules.choose(/batch losses/);
  const batches = await rules.falseAlarms();
  expect(batches.nFlagged).toBeGreaterThan(3 * conformal.nFlagged);
  expect(batches.low).toBeGreaterThan(5);
  await expect(rules.atWork).toContainText("it makes no promise");
});

test("a rule's number is a slider, and moving it moves the line", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  for (const [rule, slider, low, high] of [
    [/^Percentile/, "Percentile", "60", "99"],
    [/^Mean \+ \d/, "k", "0.5", "5"],
    [/^Median/, "k", "0.5", "5"],
    [/^Q3/, "k", "0.5", "5"],
    [/^β/, "θ", "0.2", "1.2"],
  ] as const) {
    await rules.choose(rule);
    await rules.slider(slider).fill(low);
    const [lowLine, many] = [await bottleneck.thresholdNow(), await rules.falseAlarms()];
    await rules.slider(slider).fill(high);
    const [highLine, few] = [await bottleneck.thresholdNow(), await rules.falseAlarms()];
    expect(highLine).toBeGreaterThan(lowLine);
    expect(few.nFlagged).toBeLessThan(many.nFlagged);
  }
  await bottleneck.backToTheRule.click();
  await expect(rules.radio(/^Conformal/)).toBeChecked();
  await expect(rules.slider("False alarms")).toHaveValue("0.05");
});

test("the p-value is at most α exactly when the item is an anomaly", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  for (const rotation of ["0", "45", "90"]) {
    await bottleneck.rotation.fill(rotation);
    await bottleneck.settledError();
    const word = await bottleneck.verdictWord();
    const { p, ending } = await rules.pValue();
    expect(p <= 0.05).toBe(word === "Anomaly");
    expect(ending).toContain(word === "Anomaly" ? "is an anomaly" : "is normal");
  }
  await rules.choose(/^Q3/);
  await expect(rules.atWork).not.toContainText("p =");
});

test("too few calibration rows for a rate are said with how many it needs", async ({ bottleneck }) => {
  const rules = new ThresholdRules(bottleneck.page);
  await bottleneck.page.goto("./#recipe=employees");
  await bottleneck.isJudged();
  await rules.slider("False alarms").fill("0.01");
  await expect(rules.atWork).toContainText("α = 1 % needs at least 99 calibration rows, and there are 80");
  await expect(bottleneck.verdict).toContainText("No verdict yet");
  await rules.slider("False alarms").fill("0.02");
  await expect(rules.atWork).not.toContainText("needs at least");
  await bottleneck.isJudged();
});

test("the best F1 cannot be chosen without labelled anomalies, and says how to get some", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  await expect(rules.radio("Best F1")).toBeDisabled();
  await expect(rules.atWork).toContainText("Best F1 needs digits that are known to be anomalies");
});

test("with a class that is not normal, the best F1 puts the line, and says that it was tuned on it", async ({
  bottleneck,
}) => {
  const rules = new ThresholdRules(bottleneck.page);
  await bottleneck.page.goto("./#normal=0,1,2,3,4,5,6,8,9");
  await bottleneck.isJudged();
  const conformal = await bottleneck.thresholdNow();
  await rules.choose("Best F1");
  await expect(rules.atWork).toContainText("but it was tuned on each of them");
  await expect(rules.atWork).toContainText("It needs labels, and is tuned on what it is measured by.");
  expect(await bottleneck.thresholdNow()).not.toBe(conformal);
  await expect(bottleneck.page).toHaveURL(/rule=best-f1/);
});

test("where every digit was trained on, nothing is promised and nothing measured", async ({ bottleneck }) => {
  const rules = new ThresholdRules(bottleneck.page);
  await bottleneck.page.goto("./#recipe=uci-digits&parts=all");
  await bottleneck.isJudged();
  await expect(rules.atWork).toContainText("Every digit was trained on: there are no test digits");
  await expect(rules.radio(/^Conformal/)).toHaveAccessibleDescription(/It makes no promise/);
});

test("a link keeps the rule and its number", async ({ bottleneck }) => {
  const rules = await openMeasured(bottleneck);
  await rules.choose(/^Median/);
  await rules.slider("k").fill("2.4");
  await expect(bottleneck.page).toHaveURL(/#.*mad=2\.4/);
  const line = await bottleneck.thresholdNow();
  await bottleneck.page.reload();
  await bottleneck.isJudged();
  await expect(rules.radio("Median + 2.4 MAD")).toBeChecked();
  expect(await bottleneck.thresholdNow()).toBeCloseTo(line, 6);
  await expect(bottleneck.notice).toBeEmpty();
});

/** Opens the page and waits until the test items are measured. */
async function openMeasured(bottleneck: BottleneckPage) {
  await bottleneck.open();
  const rules = new ThresholdRules(bottleneck.page);
  await expect(rules.atWork).toContainText("of the 360 test digits");
  return rules;
}
