import { gzipSync } from "node:zlib";
import { expect, SEVEN, test, type BottleneckPage } from "./bottleneck_page";
import { textFile, type TestFile } from "./data_panel";
import { idx } from "./idx";

const TABLE = "age,town\n20,Bonn\n30,Ulm\n40,Ulm\n";

/** A good table but for its fourth line. */
const table = (name: string, line: string) => textFile(name, TABLE.replace("40,", `${line}\n40,`));

const BAD_FILES: { file: TestFile; says: string | RegExp }[] = [
  { file: table("ragged.csv", "50"), says: "line 4: the number of fields is 1 instead of 2" },
  { file: textFile("empty.csv", ""), says: "there are no rows in it" },
  {
    file: { name: "binary.csv", bytes: Uint8Array.from([0x61, 0x0a, 0x31, 0x0a, 0xfc, 0x00]) },
    says: "line 3 is not text in UTF-8",
  },
  { file: textFile("header.csv", "a,b,c\n1,2\n3,4\n"), says: "the number of fields is 3 on line 1, but 2 on line 2" },
  {
    file: { name: "lying.idx", bytes: idx([10, 28, 28], [Uint8Array.from({ length: 784 })]) },
    says: "announces 10 × 28 × 28 elements but holds 784",
  },
  { file: { name: "labels.idx", bytes: idx([3], [Uint8Array.from([1, 2, 3])]) }, says: "holds labels only" },
  { file: { name: "cut.csv.gz", bytes: gzipSync(TABLE).subarray(0, 30) }, says: "the compressed file ends too early" },
  { file: { name: "bomb.csv.gz", bytes: gzipSync("1,2\n".repeat(5e6)) }, says: "unpacks to more than 50 times its size" },
  { file: textFile("huge.csv", TABLE), says: /larger than 200 MB|at most 200 MB/ },
];

test("what cannot be read is said with its file's name, and nothing on the page is lost", async ({ bottleneck }) => {
  const { data, notice, page } = bottleneck;
  await bottleneck.open();
  await bottleneck.trainToTheEnd(2);
  await bottleneck.draw(SEVEN);
  const error = await bottleneck.settledError();
  await enlarge(bottleneck, "huge.csv", 250e6);
  for (const { file, says } of BAD_FILES) {
    await test.step(file.name, async () => {
      await data.open(file);
      await expect.soft(notice).toContainText(file.name);
      await expect.soft(notice).toContainText(says);
      await expect.soft(notice, "one sentence after the other").toContainText(/[^.]\. What was on the page is still there\./);
      await expect.soft(data.region).toContainText("The UCI digits 1,797 pictures");
      await expect.soft(bottleneck.progress).toHaveAttribute("aria-valuetext", "epoch 2 of 2");
      await expect.soft(page.getByText("Your own drawing").first()).toBeVisible();
      expect.soft(await bottleneck.error()).toBe(error);
      await notice.getByRole("button", { name: "Dismiss" }).click();
      await expect.soft(notice).toBeEmpty();
    });
  }
});

/** Lets a file look larger than it is: a real one of that size would take the test's memory. */
function enlarge({ page }: BottleneckPage, name: string, size: number) {
  return page.evaluate(
    ({ name, size }) => {
      const { get } = Object.getOwnPropertyDescriptor(Blob.prototype, "size") ?? {};
      Object.defineProperty(Blob.prototype, "size", {
        get(this: Blob) {
          return this instanceof File && this.name === name ? size : get?.call(this);
        },
      });
    },
    { name, size },
  );
}
