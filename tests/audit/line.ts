import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What WebPageTest calls a cable connection. */
const ROUND_TRIP_MS = 28;
const BYTES_PER_MS = 5_000_000 / 8 / 1000;
const PIECE = 16_384;

/**
 * The page at the other end of a line.
 *
 * A machine answers itself before it has painted anything, which no server on the web does; Lighthouse reckons with the
 * order in which it sees things come.
 */
export async function overLine(page: string) {
  const server = createServer((asked, answer) => {
    const { method, headers } = asked;
    const passOn = request(new URL(asked.url ?? "/", page), { method, headers }, async (found) => {
      await wait(ROUND_TRIP_MS);
      answer.writeHead(found.statusCode ?? 502, found.headers);
      for await (const chunk of found as AsyncIterable<Buffer>) {
        for (let start = 0; start < chunk.length; start += PIECE) {
          const piece = chunk.subarray(start, start + PIECE);
          await wait(piece.length / BYTES_PER_MS);
          answer.write(piece);
        }
      }
      answer.end();
    });
    passOn.on("error", () => answer.destroy());
    passOn.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const url = new URL(page);
  url.port = String(port);
  return { url: url.href, close: () => server.close() };
}
