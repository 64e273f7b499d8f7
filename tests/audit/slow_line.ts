import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const ROUND_TRIP_MS = 40;
const BYTES_PER_MS = 10_000_000 / 8 / 1000;
const PIECE = 8_192;
/** Timers are late by as much; the line makes up for it. */
const LATENESS_MS = 50;

const packed = promisify(brotliCompress);

interface Kept {
  status: number;
  type: string;
  content: Buffer;
  isPacked: boolean;
}

/**
 * The page at the other end of a line of 10 Mbit/s with 40 ms there and back, which all that is on its way shares, packed
 * by Brotli as static hosts pack it.
 *
 * The browser's own slow line leaves out what workers ask for.
 */
export class SlowLine {
  private isFreeAt = 0;
  private readonly kept = new Map<string, Promise<Kept>>();
  private readonly server: Server;

  constructor(private readonly page: string) {
    this.server = createServer(async ({ url = "/" }, answer) => {
      const { status, type, content, isPacked } = await this.file(url);
      await wait(ROUND_TRIP_MS);
      const headers = { "content-type": type, "content-length": content.length, "cache-control": "max-age=600" };
      answer.writeHead(status, isPacked ? { ...headers, "content-encoding": "br" } : headers);
      for (let start = 0; start < content.length; start += PIECE) {
        const piece = content.subarray(start, start + PIECE);
        await this.sent(piece.length);
        answer.write(piece);
      }
      answer.end();
    });
    // Whoever is new at the door greets first.
    this.server.on("connection", (socket) => {
      socket.pause();
      setTimeout(() => socket.resume(), ROUND_TRIP_MS);
    });
  }

  async open() {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const url = new URL(this.page);
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Waits until so many bytes have gone through, one after the other with those of all other answers. */
  private async sent(bytes: number) {
    const now = performance.now();
    this.isFreeAt = Math.max(now - LATENESS_MS, this.isFreeAt) + bytes / BYTES_PER_MS;
    if (this.isFreeAt > now) await wait(this.isFreeAt - now);
  }

  private file(url: string) {
    const known = this.kept.get(url) ?? this.fetched(url);
    this.kept.set(url, known);
    return known;
  }

  private async fetched(url: string): Promise<Kept> {
    const found = await fetch(new URL(url, this.page));
    const type = found.headers.get("content-type") ?? "";
    const whole = Buffer.from(await found.arrayBuffer());
    const isPacked = /text|javascript|json|wasm|svg/.test(type);
    return { status: found.status, type, content: isPacked ? await packed(whole) : whole, isPacked };
  }
}
