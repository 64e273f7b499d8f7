import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, SCRIBBLE, test } from "./bottleneck_page";
import { OwnClass, star } from "./own_class";

test("ten drawings make a class, which is learned, judged, saved and opened again", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const own = new OwnClass(page);
  await bottleneck.openPlainly();
  await own.opener.click();
  await own.name.fill("star");
  await own.drawStars(9);
  await expect(own.train).toBeDisabled();
  await expect(own.dialog).toContainText("Draw 1 more of “star”");
  await own.drawStars(1, 9);
  await own.remove(10).click();
  await expect(own.count).toContainText("9 of at least 10 drawings");
  await own.dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(own.drawings).toHaveCount(10);

  const download = page.waitForEvent("download");
  await own.save.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("star.drawings");
  const buffer = readFileSync(await saved.path());
  await own.train.click();
  await expect(own.dialog).toBeHidden();
  await expect(bottleneck.training).toContainText("Trained here, in your browser", { timeout: 60_000 });
  await bottleneck.clear.click();
  await expect(page.getByText("Draw a star here")).toBeVisible();
  await bottleneck.draw(star(50));
  await bottleneck.hasVerdict();
  const ofStar = await bottleneck.settledError();
  await bottleneck.clear.click();
  await bottleneck.draw(SCRIBBLE);
  await expect(bottleneck.verdict).toContainText("Anomaly");
  expect(await bottleneck.settledError()).toBeGreaterThan(ofStar);

  await own.opener.click();
  await own.openFile({ name: "star.drawings", mimeType: "application/octet-stream", buffer });
  await expect(own.word).toHaveText("0 drawings joined; 10 were here already.");
});

test("pictures from files make a class, and what holds nothing is said", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const own = new OwnClass(page);
  await bottleneck.openPlainly();
  const rings = await brokenRings(page, 12);
  await own.opener.click();
  await own.name.fill("ring");
  await own.addFromFiles(...rings);
  await expect(own.word).toHaveText("12 pictures joined.");
  await expect(own.drawings).toHaveCount(12);
  await own.addFromFiles(rings[0]);
  await expect(own.word).toContainText("0 of 1 pictures joined");
  await own.addFromFiles({ name: "table.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n3,4\n") });
  await expect(own.word).toHaveText("table.csv holds neither pictures nor drawings that were saved here.");
  await expect(own.drawings).toHaveCount(12);
  await own.train.click();
  await expect(own.dialog).toBeHidden();
  await expect(bottleneck.training).toContainText("Trained here, in your browser", { timeout: 60_000 });
  await expect(bottleneck.data.region).toContainText("ring");
});

/** Pictures of dark rings on light paper, each with a gap somewhere else. */
async function brokenRings(page: Page, n: number) {
  const drawn = await page.evaluate((n) => {
    const pictures = [];
    for (let idx = 0; idx < n; idx += 1) {
      const canvas = Object.assign(document.createElement("canvas"), { width: 96, height: 96 });
      const pen = canvas.getContext("2d");
      if (!pen) throw new Error("no canvas");
      pen.fillStyle = "#f4f1ea";
      pen.fillRect(0, 0, 96, 96);
      pen.strokeStyle = "#202020";
      pen.lineWidth = 7;
      pen.beginPath();
      pen.ellipse(48, 48, 30, 24 + (idx % 4), idx * 0.3, 0.4 + idx * 0.2, 5.6 + idx * 0.2);
      pen.stroke();
      pictures.push(canvas.toDataURL("image/png"));
    }
    return pictures;
  }, n);
  return drawn.map((url, idx) => ({
    name: `ring-${idx}.png`,
    mimeType: "image/png",
    buffer: Buffer.from(url.slice(url.indexOf(",") + 1), "base64"),
  }));
}

test("drawings of one's own are added by key and kept across visits", async ({ bottleneck }) => {
  const { page } = bottleneck;
  const own = new OwnClass(page);
  await bottleneck.openPlainly();
  await own.opener.click();
  await own.sheet.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(own.drawings).toHaveCount(1);
  await expect(own.count).toContainText("1 of at least 10 drawings");
  // The page keeps what is new every three seconds.
  await page.waitForTimeout(4_000);
  await page.reload();
  await bottleneck.hasVerdict();
  await own.opener.click();
  await expect(own.drawings).toHaveCount(1);
});
