import type { Browser } from "@playwright/test";
import { test } from "../e2e/bottleneck_page";
import { OurWorker } from "./peers/ours";
import type { Peer, Series } from "./peers/peer";
import { PyTorch } from "./peers/pytorch";
import { TensorFlow, type Backend, type Style } from "./peers/tensorflow";
import { IS_QUICK, record, say, type Measured } from "./record";
import { inTurns, meanLoss } from "./rounds";
import { convolutionalWorkload, denseWorkload, nBatches, type Workload } from "./workloads";

const BACKENDS: Backend[] = ["cpu", "wasm", "webgl"];
const STYLES: Style[] = ["core", "layers"];

test("dense: one epoch of 1,797 items", { tag: "@dense" }, async ({ browser, baseURL }) => {
  const series = await train(browser, baseURL, denseWorkload(), IS_QUICK ? 4 : 12);
  record("dense", "ms", series.map((one) => measured(one, 1)));
});

test("conv: one step of 64 pictures", { tag: "@conv" }, async ({ browser, baseURL }) => {
  const workload = convolutionalWorkload();
  const series = await train(browser, baseURL, workload, IS_QUICK ? 2 : 6);
  record("conv", "ms", series.map((one) => measured(one, nBatches(workload))));
});

async function train(browser: Browser, baseURL: string | undefined, workload: Workload, n_rounds: number) {
  const ours = await browser.newPage({ baseURL });
  const others = await browser.newPage({ baseURL: process.env.BENCH_PEERS_URL });
  await others.goto("./");
  const tensorFlows = BACKENDS.flatMap((backend) => STYLES.map((style) => new TensorFlow(others, backend, style)));
  const peers: Peer[] = [new OurWorker(ours), new PyTorch(), ...tensorFlows];
  say(`${peers.length} in turns, ${n_rounds} rounds`);
  const series = await inTurns(peers, workload, n_rounds);
  for (const { name, turns, cannot } of series) {
    const losses = turns.map(({ losses }) => meanLoss(losses).toFixed(7));
    say(cannot ? `${name} cannot: ${cannot}` : `${name}: loss ${losses[0]} → ${losses.at(-1)}`);
  }
  await ours.close();
  await others.close();
  return series;
}

/** `n_units`: a turn has so many of what is measured. */
function measured({ name, turns, cannot }: Series, n_units: number): Measured {
  const isMore = turns.some(({ wall_ms }) => wall_ms !== undefined);
  return {
    name,
    samples: turns.map(({ ms }) => ms / n_units),
    wall: isMore ? turns.map(({ ms, wall_ms }) => (wall_ms ?? ms) / n_units) : undefined,
    losses: turns.map(({ losses }) => meanLoss(losses)),
    cannot,
  };
}
