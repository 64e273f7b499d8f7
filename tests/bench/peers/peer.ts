import type { Workload } from "../workloads";

/** What a turn took, and what came of it. */
export interface Turn {
  /** An epoch's steps and nothing else. */
  ms: number;
  /** From the order to the answer, where that is more. */
  wall_ms?: number;
  /** Of every batch, or one mean of all. */
  losses: number[];
}

/** One who trains. */
export interface Peer {
  /** As the table says it. */
  name: string;
  /** Whether the items' order is its own, so that its losses are only nearly ours. */
  hasOwnOrder?: boolean;
  prepare(workload: Workload): Promise<void>;
  /** Trains one epoch in this order. */
  turn(order: number[]): Promise<Turn>;
  end(): Promise<void>;
}

/** Turns of one peer, or what kept it from training. */
export interface Series {
  name: string;
  turns: Turn[];
  cannot?: string;
}
