import { expect, test, type BottleneckPage } from "./bottleneck_page";
import { isFalling } from "./item_list";

const FOURTH_ARTICLE = "A table of employees (article 4)";

test("an employee of 140 years is an anomaly by age, until it is taken back", async ({ bottleneck }) => {
  const { row } = bottleneck;
  await openArticle(bottleneck);
  const before = await bottleneck.settledError();
  const age = await row.number("age").inputValue();
  await expect(row.undo).toBeDisabled();
  await row.number("age").fill("140");
  await expect(bottleneck.verdict).toContainText("Anomaly");
  await expect(bottleneck.verdict).toContainText(/age: \d+ %, 140 where \d+ was expected/);
  await expect(row.encoded).toContainText("1.400");
  expect(await bottleneck.error()).toBeGreaterThan(before);

  await row.undo.click();
  await expect(row.number("age")).toHaveValue(age);
  await expect.poll(() => bottleneck.error()).toBe(before);
  await expect(row.undo).toBeDisabled();
});

test("a number that was typed figure by figure is one edit to take back", async ({ bottleneck }) => {
  const { row } = bottleneck;
  await openArticle(bottleneck);
  const age = await row.number("age").inputValue();
  await row.number("age").selectText();
  await row.number("age").pressSequentially("140");
  await expect(bottleneck.verdict).toContainText("140 where");
  await row.undo.click();
  await expect(row.number("age")).toHaveValue(age);
});

test("nobody lives in two cities at once", async ({ bottleneck }) => {
  const { row } = bottleneck;
  await openArticle(bottleneck);
  const before = await bottleneck.settledError();
  for (const city of ["anaheim", "boulder", "concord"]) await row.level("city", city).setChecked(city !== "concord");
  await expect.poll(async () => (await row.compared()).city.actual).toBe("anaheim + boulder");
  await expect.poll(() => bottleneck.error()).toBeGreaterThan(before);
  await expect(row.encoded).toContainText("1 1 0");
  await expect(bottleneck.page.getByText(/Row \d+, changed by you/).first()).toBeVisible();
});

test("the shares of the error add up, and the largest is the one that is named", async ({ bottleneck }) => {
  const { row } = bottleneck;
  await openArticle(bottleneck);
  for (const age of ["31", "140"]) {
    await row.number("age").fill(age);
    await expect.poll(async () => (await row.compared()).age.actual).toBe(age);
    await bottleneck.settledError();
    const columns = await row.compared();
    expect(Object.keys(columns)).toEqual(["sex", "age", "city", "income", "job"]);
    const shares = Object.values(columns).map(({ share }) => share);
    const total = shares.reduce((sum, share) => sum + share, 0);
    expect(Math.abs(total - 100), "each share is rounded to a percent").toBeLessThanOrEqual(2.5);
    for (const { computed } of Object.values(columns)) expect(computed).not.toBe("");
    if (age === "31") continue;
    const [worst] = Object.keys(columns).sort((one, other) => columns[other].share - columns[one].share);
    await expect(bottleneck.verdict).toContainText(`Most of the error is ${worst}: ${columns[worst].share} %`);
  }
});

test("employees are listed in human terms, from either end", async ({ bottleneck }) => {
  const { items, row } = bottleneck;
  await openArticle(bottleneck);
  await items.isMeasured();
  const worst = await items.rows();
  expect(isFalling(worst.map(({ error }) => Number(error)))).toBe(true);
  for (const { sex, age, city, income, job } of worst) {
    expect(["male", "female"]).toContain(sex);
    expect(Number(age)).toBeGreaterThanOrEqual(18);
    expect(Number(age)).toBeLessThanOrEqual(68);
    expect(["anaheim", "boulder", "concord"]).toContain(city);
    expect(Number(income)).toBeGreaterThanOrEqual(23_000);
    expect(Number(income)).toBeLessThanOrEqual(89_000);
    expect(["mgmt", "supp", "tech"]).toContain(job);
  }
  await items.order("Most typical first");
  const best = (await items.rows())[0];
  expect(Number(best.error)).toBeLessThan(Number(worst[19].error));

  await items.show(best.index);
  await expect(row.number("age")).toHaveValue(best.age);
  await expect(row.number("income")).toHaveValue(best.income);
  await expect(row.level("city", best.city)).toBeChecked();
  await expect.poll(() => bottleneck.error()).toBeCloseTo(Number(best.error), 4);
});

test("the network learns to take noise away", async ({ bottleneck }) => {
  await openArticle(bottleneck);
  await bottleneck.reset.click();
  await bottleneck.set("Training noise", 0.1);
  await expect(bottleneck.settings.getByRole("spinbutton", { name: "Training noise" })).toHaveValue("0.1");
  await bottleneck.trainToTheEnd(20);
  await expect(bottleneck.lossCurve).toHaveAccessibleName(/after epoch 20 it is [\d.]+ on training rows/);
  await bottleneck.isJudged();
});

async function openArticle(bottleneck: BottleneckPage) {
  await bottleneck.open();
  await bottleneck.choose(FOURTH_ARTICLE);
}
