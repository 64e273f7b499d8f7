import { expect, test } from "./bottleneck_page";
import { textFile } from "./data_panel";

test("a column of its own says where values are missing, and comes back with what is kept", async ({ bottleneck }) => {
  const { data, notice, page, row } = bottleneck;
  await bottleneck.open();
  await data.open(textFile("gaps.csv", gaps(200)));
  await expect(data.region).toContainText("gaps.csv 200 rows of 2 columns (2 values)");
  const told = data.columns.getByRole("switch", { name: "Also say where size is missing" });
  await expect(told).not.toBeChecked();
  await expect(data.columns.getByRole("switch", { name: "Also say where rooms is missing" })).toBeHidden();

  await told.check();
  await expect(data.region).toContainText("200 rows of 3 columns (3 values)");
  await expect(notice).toContainText("A column of its own says where size is missing.");
  await expect(row.level("size is missing", "yes")).toBeVisible();
  await notice.getByRole("button", { name: "Take it back" }).click();
  await expect(told).not.toBeChecked();
  await expect(data.region).toContainText("200 rows of 2 columns (2 values)");

  await told.check();
  await bottleneck.trainToTheEnd(3);
  await row.level("size is missing", "yes").click();
  await bottleneck.isJudged();
  const compared = await row.compared();
  expect(Object.keys(compared)).toEqual(["size", "size is missing", "rooms"]);

  const input = page.getByLabel("Judge another file by this network");
  const buffer = Buffer.from(gaps(60));
  await input.setInputFiles({ name: "more.csv", mimeType: "text/csv", buffer });
  await expect(page.getByRole("region", { name: "more.csv", exact: true })).toContainText(/\d+ of 60 rows are above the threshold/);
});

/** Two columns of numbers; every fifth row has no size. */
function gaps(n: number) {
  const row = (_: unknown, idx: number) => `${idx % 5 === 0 ? "?" : (idx * 7) % 13},${(idx * 3) % 11}`;
  return `size,rooms\n${Array.from({ length: n }, row).join("\n")}\n`;
}
