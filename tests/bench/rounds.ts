import type { Peer, Series, Turn } from "./peers/peer";
import { IS_QUICK } from "./record";
import type { Workload } from "./workloads";

/** Largest difference of the mean losses where all see the same batches, relative to ours. */
const TOLERANCE = 1e-3;
/** The same where a peer shuffles by itself. */
const TOLERANCE_OF_ANOTHER_ORDER = 0.02;

/** Who has trained for so long has shown enough, in milliseconds. */
const PATIENCE = IS_QUICK ? 10_000 : 40_000;
/** Who has not answered by then never will, in milliseconds. */
const LONGEST_TURN = IS_QUICK ? 30_000 : 60_000;
/** To warm up, and to count. */
const FEWEST_TURNS = 2;

/**
 * Everyone trains in turns, so that whatever else the machine does hits all alike; who is first changes from round
 * to round. The first round warms up and is not counted. A peer that fails is left out from there on; we may not.
 */
export async function inTurns([ours, ...others]: Peer[], workload: Workload, n_rounds: number): Promise<Series[]> {
  const series = new Map<Peer, Series>();
  const isAble = (peer: Peer) => !series.get(peer)?.cannot;
  const attempt = async (peer: Peer, work: () => Promise<unknown>) => {
    if (peer === ours) return work();
    return work().catch(async (error: Error) => {
      series.set(peer, { name: peer.name, turns: [], cannot: reason(error) });
      await peer.end();
    });
  };
  const peers = [ours, ...others];
  const orders: number[][] = [];
  try {
    for (const peer of peers) {
      await attempt(peer, () => peer.prepare(workload));
      series.set(peer, series.get(peer) ?? { name: peer.name, turns: [] });
    }
    for (let round = 0; round <= n_rounds; round += 1) {
      orders.push(workload.nextOrder());
      const rotated = peers.map((_, idx) => peers[(idx + round) % peers.length]);
      for (const peer of rotated.filter(isAble)) {
        const { turns } = series.get(peer) as Series;
        if (turns.length >= FEWEST_TURNS && spent(turns) > PATIENCE) continue;
        await attempt(peer, async () => turns.push(await inTime(peer.turn(orders[turns.length]))));
      }
    }
  } finally {
    for (const peer of peers) await peer.end();
  }
  const all = peers.map((peer) => series.get(peer) as Series);
  checkLosses(peers, all);
  return all.map((one) => ({ ...one, turns: one.turns.slice(1) }));
}

export function meanLoss(losses: number[]) {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

async function inTime(turn: Promise<Turn>) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`gave no answer in ${LONGEST_TURN / 1000} s`)), LONGEST_TURN);
  });
  return Promise.race([turn, late]).finally(() => clearTimeout(timer));
}

function spent(turns: Turn[]) {
  return turns.reduce((sum, { ms }) => sum + ms, 0);
}

/** Only those who compute the same can be compared. */
function checkLosses(peers: Peer[], [ours, ...others]: Series[]) {
  const means = (series: Series) => series.turns.map(({ losses }) => meanLoss(losses));
  const [expected, last] = [means(ours), means(ours).at(-1) ?? Number.NaN];
  if (!(last < expected[0])) throw new Error(`our loss does not decrease: ${expected.join(", ")}`);
  others.forEach((series, idx) => {
    const tolerance = peers[idx + 1].hasOwnOrder ? TOLERANCE_OF_ANOTHER_ORDER : TOLERANCE;
    means(series).forEach((mean, turn) => {
      if (Math.abs(mean - expected[turn]) <= tolerance * expected[turn]) return;
      throw new Error(`${series.name} does not compute what we do: loss ${mean} where ours is ${expected[turn]}`);
    });
  });
}

/** The first line, without the call that it came through. */
function reason({ message }: Error) {
  return message.split("\n")[0].replace(/^[\w.]+: /, "").replace(/^Error: /, "");
}
