import { HtmlValidate } from "html-validate";
import { expect, test } from "../e2e/bottleneck_page";

/** What the standard asks for, without matters of taste. */
const RULES = new HtmlValidate({ extends: ["html-validate:standard"] });

test("the document that is published is valid HTML", async ({ request }) => {
  expect(await problemsOf(await (await request.get("./")).text())).toEqual([]);
});

test("the page that the document turns into is valid HTML", async ({ bottleneck }) => {
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  expect(await problemsOf(await bottleneck.page.content())).toEqual([]);
});

test("what the document names is there, and so is what the page asks for", async ({ bottleneck, request }) => {
  const { page } = bottleneck;
  const broken: string[] = [];
  page.on("response", (response) => {
    if (response.status() >= 400) broken.push(`${response.status()} ${response.url()}`);
  });
  await bottleneck.open();
  await bottleneck.items.isMeasured();
  const named = await page.$$eval("[href], [src]", (elements) =>
    elements.map((element) => element.getAttribute("href") ?? element.getAttribute("src") ?? ""),
  );
  const own = [...new Set(named)].map((address) => new URL(address, page.url())).filter(({ href }) => href.startsWith(page.url()));
  expect(own.length).toBeGreaterThan(3);
  for (const { href, hash } of own) {
    const response = await request.get(href);
    if (!response.ok()) broken.push(`${response.status()} ${href}`);
    if (hash.length > 1 && !(await page.locator(`[id="${hash.slice(1)}"]`).count())) broken.push(`no element for ${hash}`);
  }
  expect(broken).toEqual([]);
});

test("links that leave the page are encrypted and lead where they say", async ({ bottleneck }) => {
  await bottleneck.open();
  const { page } = bottleneck;
  const links = page.getByRole("link");
  await expect(links.first()).toBeVisible();
  for (const link of await links.all()) {
    const address = new URL((await link.getAttribute("href")) ?? "", page.url());
    if (address.href.startsWith(page.url())) continue;
    expect(address.protocol, address.href).toBe("https:");
    await expect(link, "a link says in words where it leads").toHaveText(/\w{2,}/);
  }
});

async function problemsOf(html: string) {
  const { results } = await RULES.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ message, ruleId, selector }) => `${ruleId}: ${message} (${selector})`),
  );
}
