import { expect, test } from "./bottleneck_page";

test("a part of the page that cannot be fetched says so, and comes when it is asked for again", async ({ bottleneck }) => {
  const { page } = bottleneck;
  await page.addInitScript(() => {
    let way: (() => Promise<void>) | undefined;
    let isFirst = true;
    const once = async () => {
      if (!isFirst) return way?.();
      isFirst = false;
      throw new Error("the line is down");
    };
    // A page that was built quickly is whole and has no such way; a published one sets its own.
    Object.defineProperty(window, "fetchRareParts", { get: () => once, set: (real) => (way = real) });
  });
  await bottleneck.openPlainly();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share with a class" });
  await expect(dialog.getByRole("status")).toContainText("could not be fetched");
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("textbox", { name: "Link" })).toHaveValue(/^http/);
  await dialog.getByRole("button", { name: "Close" }).click();
  // What was fetched once is here.
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Files to keep" }).getByRole("listitem").first()).toBeVisible();
});
