import { expect, SEVEN, test } from "./bottleneck_page";

test("a link sets the page up as it was when the link was taken", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.draw(SEVEN);
  await bottleneck.rotation.fill("30");
  await bottleneck.thresholdValue.fill("0.05");
  await bottleneck.thresholdValue.press("Enter");
  const error = await bottleneck.settledError();
  await expect(bottleneck.page).toHaveURL(/#(?=.*threshold=0\.05)(?=.*ink=)(?=.*rotation=30)/);

  await bottleneck.page.reload();
  await bottleneck.isJudged();
  await expect(bottleneck.rotation).toHaveValue("30");
  await expect(bottleneck.thresholdValue).toHaveValue("0.05000");
  // Ink has sixteen shades in a link, so the error is almost the same.
  expect(Math.abs((await bottleneck.settledError()) - error)).toBeLessThan(0.002);
  await expect(bottleneck.notice).toBeEmpty();
});

test("values of other versions and out of range are left out with a notice, and the rest counts", async ({ bottleneck }) => {
  const old = "version=1&recipe=uci_digits&latent=8&parts=2-1-1&measure=mse";
  const beyond = "rate=11&batch=0&epochs=1000000000&seed=-1&code=0&contamination=7&item=99999999999&percentile=101";
  await bottleneck.page.goto(`./#${old}&${beyond}&noise=7&rotation=45`);
  await bottleneck.isJudged();
  await expect(bottleneck.notice).toContainText("Part of the link could not be understood and was left out");
  await expect(bottleneck.rotation).toHaveValue("45");
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Small digits, 8 × 8");
  await bottleneck.trainToTheEnd(1);
});

test("what a link says in vain is left out with a notice, and the rest counts", async ({ bottleneck }) => {
  await bottleneck.page.goto("./#recipe=uci-digits&rate=-3&ink=nonsense&rotation=9999&engine=abacus");
  await bottleneck.isJudged();
  await expect(bottleneck.page.getByText("65 – 32 – 8 – 32 – 65")).toBeVisible();
  await expect(bottleneck.notice).toContainText("left out");
  await expect(bottleneck.rotation).toHaveValue("180");
});
