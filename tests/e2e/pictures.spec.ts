import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./bottleneck_page";

const CASES = join(import.meta.dirname, "..", "fixtures", "cases");

async function cases(...names: string[]) {
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(CASES, name)) })));
}

test("a folder of pictures is read as classes, and can be turned and read in another size", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await page.getByLabel("Open a folder of pictures").setInputFiles(join(CASES, "pictures"));
  await expect(data.region).toContainText("16 pictures of 28 × 28 pixels, with labels");
  const normal = page.getByRole("group", { name: /^Normal/ });
  await expect(normal.getByRole("button", { name: "round", exact: true })).toBeVisible();
  await expect(normal.getByRole("button", { name: "square", exact: true })).toBeVisible();

  const size = page.getByLabel("Pixels a side, 8 to 64");
  await size.fill("16");
  await size.press("Enter");
  await expect(data.region).toContainText("16 pictures of 16 × 16 pixels");
  const preview = page.getByRole("img", { name: /of the pictures, as they are read$/ });
  const before = await preview.screenshot();
  await page.getByRole("button", { name: "by 90° clockwise" }).click();
  await expect.poll(async () => before.equals(await preview.screenshot())).toBe(false);
  await bottleneck.trainToTheEnd(2);
  await expect(bottleneck.verdict).toContainText("3 pictures to calibrate with are too few");
});

test("letters have as many classes as the file says", async ({ bottleneck }) => {
  const { data, page } = bottleneck;
  await bottleneck.open();
  await data.open(...(await cases("03-letters-images-idx3-ubyte.gz", "03-letters-labels-idx1-ubyte.gz")));
  const normal = page.getByRole("group", { name: /^Normal/ });
  await expect(normal.getByRole("button")).toHaveCount(26);
  await expect(normal.getByRole("button", { name: "Z", exact: true })).toBeVisible();
});

test("a photograph of one digit is laid on the bench", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.data.open(...(await cases("46-photo-of-a-four.png")));
  await expect(bottleneck.page.getByText(/46-photo-of-a-four/).first()).toBeVisible();
  await bottleneck.hasVerdict();
  expect(await bottleneck.page.getByRole("button", { name: "Undo" }).isEnabled()).toBe(true);
});
