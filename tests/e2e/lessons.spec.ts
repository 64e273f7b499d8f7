import { axe } from "./axe";
import { expect, SCRIBBLE, test, type BottleneckPage } from "./bottleneck_page";
import { textFile } from "./data_panel";
import { LessonCard, pagesOf } from "./lesson_card";
import { OwnClass, star } from "./own_class";
import { ThresholdRules } from "./threshold_rules";

type Act = (bottleneck: BottleneckPage) => Promise<void>;

/** By key: the card of the lesson may lie on the button. */
const trains: Act = async ({ train }) => train.press("Enter");
const hasCode =
  (size: number): Act =>
  async (bottleneck) => {
    await bottleneck.set("Code size", size);
    await trains(bottleneck);
  };
const turns =
  (degrees: number): Act =>
  async ({ rotation }) =>
    rotation.fill(String(degrees));
const adds =
  (deviation: number): Act =>
  async ({ page }) =>
    page.getByRole("slider", { name: "Noise", exact: true }).fill(String(deviation));
const contaminates =
  (percent: number): Act =>
  async (bottleneck) => {
    await bottleneck.normalDigits.contamination.fill(String(percent));
    await trains(bottleneck);
  };
const draws: Act = async (bottleneck) => bottleneck.draw([[[0.1, 0.2], [0.9, 0.2]]]);
const steps: Act = async (bottleneck) => {
  const epoch = await bottleneck.epoch();
  await bottleneck.step.press("Enter");
  await bottleneck.reachesEpoch(epoch + 1);
};
const nothing: Act = async () => {};

/** Every lesson, and what a learner does on each of its pages. */
const LESSONS: Record<string, { title: string; acts: Act[] }> = {
  bottleneck: {
    title: "What a bottleneck does",
    acts: [
      async ({ example }) => example.press("Enter"),
      async ({ page }) => page.getByRole("slider", { name: "Code value 1", exact: true }).press("End"),
      hasCode(2),
      hasCode(32),
    ],
  },
  training: {
    title: "Train it yourself",
    acts: [
      async ({ reset }) => reset.press("Enter"),
      steps,
      async (bottleneck) => {
        for (let step = 0; step < 5; step += 1) await steps(bottleneck);
      },
      trains,
    ],
  },
  error: { title: "What the error means", acts: [nothing, draws, async (bottleneck) => bottleneck.draw([[[0.1, 0.8], [0.9, 0.7]]])] },
  threshold: {
    title: "Where to put the threshold",
    acts: [
      nothing,
      async ({ threshold }) => threshold.press("PageDown"),
      async ({ page }) => new ThresholdRules(page).choose("Mean + deviation of batch losses"),
    ],
  },
  turning: { title: "A digit that leans", acts: [turns(70), nothing, turns(180), turns(-180)] },
  noise: { title: "Noise, and who takes it away", acts: [adds(0.2), adds(0.2), adds(0.6)] },
  "never-shown": {
    title: "What was never shown",
    acts: [
      async (bottleneck) => {
        await bottleneck.normalDigits.digit(0).press("Enter");
        await trains(bottleneck);
      },
      contaminates(1),
      contaminates(10),
    ],
  },
  fooling: {
    title: "Fooling it",
    acts: [
      async ({ page }) => page.getByRole("button", { name: "Show them to the detector", exact: true }).press("Enter"),
      async (bottleneck) => {
        await bottleneck.draw(SCRIBBLE);
        await bottleneck.page.getByRole("button", { name: "Show my drawing to the detector", exact: true }).press("Enter");
      },
    ],
  },
  simpler: {
    title: "Is it better than something simpler?",
    acts: [trains, async ({ evidence }) => evidence.evaluate.press("Enter"), nothing],
  },
  heartbeats: {
    title: "A heart beats",
    acts: [
      async ({ page }) => {
        await page.getByRole("application", { name: "Curve", exact: true }).focus();
        for (let step = 0; step < 12; step += 1) await page.keyboard.press("ArrowUp");
      },
      nothing,
      adds(0.2),
    ],
  },
  "own-class": {
    title: "A class of your own",
    acts: [
      async ({ page }) => {
        const own = new OwnClass(page);
        await own.opener.press("Enter");
        await own.name.fill("star");
        await own.drawStars(10);
        await own.train.click();
      },
      async (bottleneck) => bottleneck.draw(star(70)),
      async (bottleneck) => {
        await bottleneck.clear.press("Enter");
        await bottleneck.draw(SCRIBBLE);
      },
    ],
  },
};

for (const [slug, { title, acts }] of Object.entries(LESSONS)) {
  test(`the lesson “${title}” is walked through`, async ({ bottleneck }) => {
    // Some train three networks.
    test.setTimeout(300_000);
    const lesson = new LessonCard(bottleneck.page);
    const pages = pagesOf(slug);
    await bottleneck.open();
    await lesson.open(title);
    for (const [idx, { heading, choices, point, hasTasks, hasReveal }] of pages.entries()) {
      await lesson.isOnPage(idx + 1, pages.length);
      await expect(lesson.heading).toHaveText(heading);
      await expect(lesson.heading, "a new page is read out").toBeFocused();
      if (choices.length > 0) {
        await expect(lesson.marker, "first the prediction").toBeHidden();
        await lesson.region.getByRole("radio", { name: choices[0], exact: true }).check();
      }
      await bottleneck.hasVerdict().catch(() => {});
      if (point && acts[idx] !== nothing) await isPointedAt(lesson, point);
      if (acts[idx]) await acts[idx](bottleneck);
      if (hasTasks && !acts[idx]) {
        await lesson.skip.click();
        continue;
      }
      if (hasReveal) {
        await lesson.happened(90_000);
        await expect(lesson.region).toContainText(`You expected${choices[0]}`);
        await expect(lesson.marker).toBeHidden();
      }
      if (idx + 1 < pages.length) await lesson.next.click();
    }
    await expect(lesson.region.getByRole("button", { name: "More lessons" })).toBeVisible();
    await lesson.leave.click();
    await expect(lesson.region).toHaveCount(0);
    await bottleneck.hasVerdict();
  });
}

/** The mark lies on the screen, above the card. */
async function isPointedAt(lesson: LessonCard, point: string) {
  await expect(lesson.goTo).toHaveText(`Go to “${point}”`);
  await expect(lesson.marker).toBeVisible();
  await expect(lesson.marker).toBeInViewport();
}

test("a lesson is walked through by keyboard alone", async ({ bottleneck }) => {
  const { keyboard } = bottleneck.page;
  const lesson = new LessonCard(bottleneck.page);
  await bottleneck.open();
  await lesson.opener.focus();
  await keyboard.press("Enter");
  const entry = lesson.list.getByRole("button", { name: "A digit that leans" });
  for (let tab = 0; tab < 12 && !(await isFocused(entry)); tab += 1) await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(lesson.heading).toBeFocused();

  for (let tab = 0; tab < 6 && !(await isFocused(lesson.choices.first())); tab += 1) await keyboard.press("Tab");
  await keyboard.press("Space");
  await expect(lesson.choices.first()).toBeChecked();
  await expect(lesson.goTo).toBeVisible();
  for (let tab = 0; tab < 3 && !(await isFocused(lesson.goTo)); tab += 1) await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(bottleneck.rotation).toBeFocused();
  for (let press = 0; press < 10; press += 1) await keyboard.press("PageUp");
  await lesson.happened();
  await lesson.next.focus();
  await keyboard.press("Enter");
  await expect(lesson.heading).toHaveText("Every angle at once");
  await expect(lesson.heading).toBeFocused();
});

async function isFocused(element: ReturnType<LessonCard["region"]["getByRole"]>) {
  return element.evaluate((element) => element === document.activeElement);
}

test("what was there before a lesson comes back, and the lesson goes on where it was left", async ({ bottleneck }) => {
  const lesson = new LessonCard(bottleneck.page);
  await bottleneck.open();
  await bottleneck.trainToTheEnd(2);
  await bottleneck.draw(SCRIBBLE);
  const error = await bottleneck.settledError();
  await lesson.open("A digit that leans");
  await lesson.choices.first().check();
  await bottleneck.rotation.fill("90");
  await lesson.happened();
  await lesson.next.click();
  await lesson.leave.click();
  await expect(bottleneck.training).toContainText("Trained here, in your browser: 2 epochs");
  await expect.poll(() => bottleneck.error()).toBe(error);

  await lesson.opener.click();
  await lesson.list.getByRole("button", { name: /A digit that leans.*go on at page 2/s }).click();
  await lesson.isOnPage(2, 5);
  await lesson.back.click();
  await expect(lesson.region).toContainText("You expectedLess than 20°");
});

test("a learner who wandered off can have the page set up again", async ({ bottleneck }) => {
  const lesson = new LessonCard(bottleneck.page);
  await bottleneck.open();
  await lesson.open("A digit that leans");
  await expect(lesson.setUpAgain).toHaveCount(0);
  await bottleneck.choose("Taking noise off small digits");
  await lesson.setUpAgain.click();
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Small digits, 8 × 8");
  await expect(lesson.setUpAgain).toHaveCount(0);
});

test("a link opens a lesson at its page, and the address says where one is", async ({ bottleneck, page }) => {
  const lesson = new LessonCard(page);
  await page.goto("./#lesson=noise:2");
  await lesson.isOnPage(2, 4);
  await expect(bottleneck.chosen(bottleneck.recipe)).toHaveText("Taking noise off small digits");
  await bottleneck.hasVerdict();
  await lesson.skip.click();
  await expect(page).toHaveURL(/#lesson=noise:3$/);
});

const OWN = `# My own lesson
minutes: 1

## Turn it
This is {error}.
set: recipe=well-trained&item=649
point: Rotation
do: rotation > 40

reveal: Now {error}, at {rotation}.
`;

test("a lesson file that is dropped on the page runs", async ({ bottleneck }) => {
  const lesson = new LessonCard(bottleneck.page);
  await bottleneck.open();
  await bottleneck.data.drop(textFile("mine.lesson.txt", OWN));
  await expect(lesson.region).toContainText("My own lesson");
  await expect(lesson.marker).toBeVisible();
  await bottleneck.rotation.fill("90");
  expect(await lesson.happened()).toMatch(/Now [\d.]+, at 90°\./);
});

test("a mistake in a lesson file is a sentence with its line, and changes nothing", async ({ bottleneck }) => {
  const lesson = new LessonCard(bottleneck.page);
  await bottleneck.open();
  const error = await bottleneck.settledError();
  for (const [wrong, sentence] of [
    [OWN.replace("rotation >", "rotatoin >"), /Line 8: "rotatoin" is nothing that can be done; did you mean rotation\?/],
    [OWN.replace("{error}", "{eror}"), /Line 5: there is no figure called "eror"; did you mean \{error\}\?/],
    [OWN.replace("well-trained", "trained-well"), /Line 6: the page does not understand "recipe=trained-well"/],
  ] as const) {
    await bottleneck.data.open(textFile("mine.lesson.txt", wrong));
    await expect(bottleneck.notice).toContainText(sentence);
    await expect(lesson.region).toHaveCount(0);
  }
  expect(await bottleneck.error()).toBe(error);
});

test("what a lesson says is text, whatever it looks like", async ({ bottleneck, page }) => {
  const lesson = new LessonCard(page);
  await bottleneck.open();
  const markup = '<img src="https://example.com/x.png" onerror="alert(1)"> <a href="https://example.com">x</a>';
  await bottleneck.data.open(textFile("mine.lesson.txt", OWN.replace("This is", markup)));
  await expect(lesson.region).toContainText(markup);
  await expect(lesson.region.getByRole("link")).toHaveCount(0);
  await expect(lesson.region.getByRole("img")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 } });

      test("no accessibility rule is broken by a lesson, its list and its outcome", async ({ bottleneck, page }) => {
        const lesson = new LessonCard(page);
        await bottleneck.open();
        await lesson.opener.click();
        await expect(lesson.list).toBeVisible();
        expect(await violations(bottleneck), "the list").toEqual([]);
        await lesson.list.getByRole("button", { name: "A digit that leans" }).click();
        await lesson.choices.first().check();
        await expect(lesson.marker).toBeInViewport();
        expect(await violations(bottleneck), "pointing").toEqual([]);
        await isNotCovered(lesson, bottleneck);
        await bottleneck.rotation.fill("90");
        await lesson.happened();
        expect(await violations(bottleneck), "the outcome").toEqual([]);
      });
    });
  }
}

/** What is pointed at can be seen beside the card. */
async function isNotCovered(lesson: LessonCard, { rotation }: BottleneckPage) {
  const [card, slider] = [await lesson.region.boundingBox(), await rotation.boundingBox()];
  if (!card || !slider) throw new Error("nothing is shown");
  const isBeside = slider.x + slider.width <= card.x || slider.x >= card.x + card.width;
  expect(isBeside || slider.y + slider.height <= card.y).toBe(true);
}

async function violations({ page }: BottleneckPage) {
  return (await axe(page)).violations;
}
