import { expect, test } from "./bottleneck_page";

test("a loss that is no number takes the last good epoch back and offers a smaller rate", async ({ bottleneck }) => {
  const { notice, settings, training } = bottleneck;
  const goOn = notice.getByRole("button", { name: /^Go on at / });
  await bottleneck.open();
  await bottleneck.choose("Linear layers only (article 3)");
  await bottleneck.trainToTheEnd(2);
  const losses = await bottleneck.lossCurve.getAttribute("aria-label");
  const error = await bottleneck.settledError();

  await bottleneck.set("Epochs", 9);
  await settings.getByRole("combobox", { name: "Optimiser" }).selectOption({ label: "SGD" });
  await bottleneck.set("Learning rate", 10);
  await bottleneck.train.click();
  await expect(notice).toContainText("In epoch 3 the loss stopped being a number: the learning rate 10 is too large.");
  await expect(notice).toContainText("The network is back where it was after epoch 2.");
  await expect(training).toContainText("Stopped in epoch 3: the loss was no longer a number.");
  await expect(bottleneck.progress).toHaveAttribute("aria-valuetext", "epoch 2 of 9");
  expect(await bottleneck.lossCurve.getAttribute("aria-label")).toBe(losses);
  await expect.poll(() => bottleneck.error(), "the network of before judges").toBe(error);

  await expect(goOn).toHaveAccessibleName("Go on at 3.3");
  await expect(async () => {
    if (await goOn.isVisible()) await goOn.click();
    await expect(training).toContainText("Trained here, in your browser: 9 epochs.", { timeout: 1_000 });
  }, "some rate is small enough").toPass({ timeout: 60_000 });
  await bottleneck.isJudged();
});
