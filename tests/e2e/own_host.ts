import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const PREFIX = "/some/repo/";
/** What a loader does first, after its imports. */
const FIRST_ORDER = /^(const program|await)\b/m;
const LIST = /const BUILD = (\{.*?\n\});/s;

interface Build {
  name: string;
  first: Record<string, string>;
  later: Record<string, string>;
  gpu: Record<string, string>;
}

type Files = Map<string, Buffer>;

/** A host of its own for one test, which can go away and publish another build of the same page. */
export class OwnHost {
  url = "";
  isUp = true;
  private files: Files = new Map();
  private readonly server: Server;

  private constructor(private readonly original: Files) {
    this.files = original;
    this.server = createServer((request, response) => {
      const path = (request.url ?? "").split("?")[0];
      if (!this.isUp || !path.startsWith(PREFIX)) return request.socket.destroy();
      const name = path.slice(PREFIX.length);
      const content = this.files.get(name);
      response.writeHead(content ? 200 : 404, {
        "Content-Type": typeOf(name),
        // As on GitHub Pages: for ten minutes a browser may take what it has.
        "Cache-Control": "max-age=600",
      });
      response.end(content);
    });
  }

  /** Takes its files from where the page is served. */
  static async startFrom(source: string) {
    const files: Files = new Map();
    const take = async (address: string) => {
      const answer = await fetch(new URL(address, source));
      if (!answer.ok) throw new Error(`${address} is missing at ${source}`);
      files.set(address.split("?")[0], Buffer.from(await answer.arrayBuffer()));
    };
    await Promise.all(["sw.js", "build.json"].map(take));
    const { first, later, gpu } = listIn(files);
    await Promise.all(Object.keys({ ...first, ...later, ...gpu }).map(take));
    const host = new OwnHost(files);
    await new Promise<void>((listening) => host.server.listen(0, "127.0.0.1", listening));
    host.url = `http://127.0.0.1:${(host.server.address() as AddressInfo).port}${PREFIX}`;
    return host;
  }

  /**
   * Publishes another build: all its files have other addresses, its workers other binaries too, and page and workers
   * have `mark` as their global `build`.
   */
  publishAnother(mark: string) {
    const { build, workers } = JSON.parse(text(this.original, "build.json"));
    const names = [build, workers].map((name) => [name, turned(name)] as const);
    const renamed = (content: string) => names.reduce((text, [old, other]) => text.replaceAll(old, other), content);
    const files: Files = new Map(this.original);
    for (const name of files.keys()) {
      if (/_loader\.js$/.test(name)) {
        const start = name.startsWith("page") ? `${askingFor(workers, turned(workers))}\n` : "";
        const loader = renamed(text(files, name)).replace(FIRST_ORDER, `${start}$&`);
        files.set(name, Buffer.from(`self.build = "${mark}";\n${loader}`));
      } else if (/worker_bg\.wasm$/.test(name)) {
        files.set(name, Buffer.concat([files.get(name)!, customSection(mark)]));
      } else if (["", "build.json", "sw.js"].includes(name)) {
        files.set(name, Buffer.from(renamed(text(files, name))));
      }
    }
    const list = listIn(files);
    for (const group of [list.first, list.later, list.gpu]) {
      for (const address of Object.keys(group)) group[address] = hashOf(files.get(address.split("?")[0])!);
    }
    list.name = turned(list.name);
    files.set("sw.js", Buffer.from(text(files, "sw.js").replace(LIST, `const BUILD = ${JSON.stringify(list, null, 2)};`)));
    this.files = files;
  }

  async stop() {
    this.isUp = false;
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

function listIn(files: Files): Build {
  return JSON.parse(LIST.exec(text(files, "sw.js"))![1]);
}

function text(files: Files, name: string) {
  return files.get(name)!.toString();
}

function hashOf(content: Buffer) {
  return `sha256-${createHash("sha256").update(content).digest("base64")}`;
}

/** Another name of the same length. */
function turned(name: string) {
  return [...name].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join("");
}

/** The binary of the page has the name of its workers' build in it; what it asks for is renamed on the way. */
function askingFor(old: string, other: string) {
  return `
    const renamed = (url) => String(url).replace("${old}", "${other}");
    const nativeFetch = fetch;
    self.fetch = (request, options) => nativeFetch(typeof request === "string" ? renamed(request) : request, options);
    self.Worker = class extends Worker {
      constructor(url, options) {
        super(renamed(url), options);
      }
    };`;
}

/** A part of a binary that means nothing. */
function customSection(name: string) {
  return Buffer.from([0, name.length + 1, name.length, ...Buffer.from(name)]);
}

function typeOf(name: string) {
  const types: Record<string, string> = {
    css: "text/css",
    js: "text/javascript",
    json: "application/json",
    svg: "image/svg+xml",
    wasm: "application/wasm",
    webmanifest: "application/manifest+json",
    woff2: "font/woff2",
  };
  return name === "" ? "text/html" : (types[name.split(".").pop()!] ?? "application/octet-stream");
}
