import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Workload } from "../workloads";
import type { Peer, Turn } from "./peer";

const SCRIPT = join(import.meta.dirname, "../bench_torch.py");

/** PyTorch with one thread, in a process that stays for all turns. */
export class PyTorch implements Peer {
  name = "PyTorch, 1 thread";
  private python?: ChildProcessWithoutNullStreams;
  private answers?: AsyncIterator<string>;

  async prepare({ recipe, items, n_items, weights }: Workload) {
    const program = process.env.BOTTLENECK_PYTHON || "python3";
    const python = spawn(program, ["-u", SCRIPT], { env: { ...process.env, OMP_NUM_THREADS: "1" } });
    let complaint = "";
    python.stderr.on("data", (text) => (complaint += text));
    python.stdin.on("error", () => {});
    const failed = new Promise<never>((_, reject) => {
      python.on("error", () => reject(new Error(`there is no ${program}`)));
      python.on("close", () => reject(new Error(lastLine(complaint) || `${program} ended by itself`)));
    });
    failed.catch(() => {});
    const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
    this.python = python;
    this.answers = { next: () => Promise.race([lines.next(), failed]).then((next) => (next.done ? failed : next)) };
    const { version } = JSON.parse(await this.nextLine().catch((error: Error) => {
      throw new Error(`${error.message}; name a Python that has torch in BOTTLENECK_PYTHON`);
    }));
    this.name = `PyTorch ${version}, 1 thread`;
    await this.ask({ prepare: { recipe, items: base64(items), n_items, weights: base64(weights) } });
  }

  turn(order: number[]) {
    return this.ask({ order });
  }

  async end() {
    this.python?.kill();
  }

  private async ask(question: unknown): Promise<Turn> {
    this.python?.stdin.write(`${JSON.stringify(question)}\n`);
    return JSON.parse(await this.nextLine());
  }

  private async nextLine() {
    if (!this.answers) throw new Error("PyTorch is not prepared");
    return (await this.answers.next()).value;
  }
}

function base64(values: Float32Array) {
  return Buffer.from(values.buffer).toString("base64");
}

function lastLine(text: string) {
  return text.trim().split("\n").pop();
}
