import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

/** What a worker tells is bytes, in the order in which the sources declare an event's parts: so they are read here. */
const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

/** A field by its name, or by its place in a tuple, and its type as the source has it; `bytes` for rows of numbers. */
type Field = [name: string, type: string];

interface Declaration {
  fields?: Field[];
  variants?: { name: string; fields: Field[]; isTuple: boolean }[];
  isTuple?: boolean;
}

export type Declarations = Record<string, Declaration>;

/** Lets the page's scripts read events: `window.readEvent(bytes)` gives an object such as `{ Train: { Stopped: … } }`. */
export async function teachEvents(page: Page) {
  const declarations = JSON.stringify(declarationsIn(SOURCES));
  const script = `window.readEvent = (bytes) => (${readEvent})(new Uint8Array(bytes), ${declarations});`;
  await page.addInitScript(script);
  await page.evaluate(script);
}

/** Every type that can travel, by its name. */
function declarationsIn(folder: string): Declarations {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".rs"));
  const sources = names.map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const shape = /#\[derive\([^\]]*\bDeserialize\b[^\]]*\)\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([a-z]+\))? )?(struct|enum) (\w+)\s*(\{[\s\S]*?\n\}|\([^;]*\);)/g;
  const found = sources.flatMap((source) => [...withoutComments(source).matchAll(shape)]);
  return Object.fromEntries(found.map(([, kind, name, body]) => [name, declaration(kind, body)]));
}

function withoutComments(source: string) {
  return source.replace(/^\s*\/\/.*\n/gm, "").replace(/\s*\/\/.*$/gm, "");
}

function declaration(kind: string, body: string): Declaration {
  if (kind === "struct") return { fields: fieldsIn(body), isTuple: body.startsWith("(") };
  const variants = partsOf(body.slice(1, -1)).map((part) => {
    const [, name, inner] = /^(?:#\[[^\]]*\]\s*)*(\w+)\s*([\s\S]*)$/.exec(part) ?? [];
    return { name, fields: fieldsIn(inner), isTuple: inner.startsWith("(") };
  });
  return { variants };
}

/** The fields of `{ name: Type, … }` or `(Type, …)`. */
function fieldsIn(body: string): Field[] {
  const inner = body.trim().replace(/;$/, "").slice(1, -1);
  return partsOf(inner).map((part, idx) => {
    const [, attributes, named] = /^((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([a-z]+\))? )?([\s\S]*)$/.exec(part) ?? [];
    const [name, type] = /^\w+:/.test(named) ? named.split(/:\s*([\s\S]*)/) : [`${idx}`, named];
    return [name, attributes.includes("with = ") ? "bytes" : type.replace(/\s+/g, "")];
  });
}

/** What stands between the commas of a list, those within brackets left alone. */
function partsOf(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of list) {
    if ("([{<".includes(char)) depth += 1;
    if (")]}>".includes(char)) depth -= 1;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** Runs in the page, so it stands by itself. */
function readEvent(bytes: Uint8Array, declarations: Declarations): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const byte = () => view.getUint8(at++);
  const integer = () => {
    let [value, scale, part] = [0, 1, 0];
    do {
      part = byte();
      value += (part & 127) * scale;
      scale *= 128;
    } while (part & 128);
    return value;
  };
  const zigzag = (value: number) => (value % 2 ? -(value + 1) / 2 : value / 2);
  const taken = (length: number) => bytes.slice(at, (at += length));
  const list = (length: number, type: string) => Array.from({ length }, () => read(type));
  const NUMBERS: Record<string, () => unknown> = {
    bool: () => byte() === 1,
    u8: byte,
    u16: integer,
    u32: integer,
    u64: integer,
    usize: integer,
    i32: () => zigzag(integer()),
    f32: () => view.getFloat32((at += 4) - 4, true),
    f64: () => view.getFloat64((at += 8) - 8, true),
    String: () => new TextDecoder().decode(taken(integer())),
    bytes: () => taken(integer()),
  };

  function read(type: string): unknown {
    if (NUMBERS[type]) return NUMBERS[type]();
    const [, outer, inner] = /^(\w+)<(.*)>$/.exec(type) ?? [];
    if (outer === "Box" || outer === "Arc") return read(inner);
    if (outer === "Option") return byte() === 1 ? read(inner) : undefined;
    if (outer === "Vec") return list(integer(), inner);
    if (outer === "Result") {
      const [ok, error] = split(inner);
      return integer() === 0 ? { Ok: read(ok) } : { Err: read(error) };
    }
    if (type.startsWith("(")) return split(type.slice(1, -1)).map(read);
    const [, item, length] = /^\[(.*);(\d+)\]$/.exec(type) ?? [];
    if (item) return list(Number(length), item);
    return declared(type.split("::").at(-1) as string);
  }

  function declared(name: string): unknown {
    const declaration = declarations[name];
    if (!declaration) throw new Error(`no declaration of ${name} was found in the sources`);
    if (declaration.fields) return all(declaration.fields, declaration.isTuple);
    const variant = declaration.variants?.[integer()];
    if (!variant) throw new Error(`${name} has fewer variants than the event says`);
    return variant.fields.length ? { [variant.name]: all(variant.fields, variant.isTuple) } : variant.name;
  }

  function all(fields: Field[], isTuple?: boolean): unknown {
    const values = fields.map(([name, type]) => [name, read(type)] as const);
    if (!isTuple) return Object.fromEntries(values);
    return values.length === 1 ? values[0][1] : values.map(([, value]) => value);
  }

  function split(types: string): string[] {
    let depth = 0;
    const comma = [...types].findIndex((char) => {
      depth += "(<[".includes(char) ? 1 : ")>]".includes(char) ? -1 : 0;
      return char === "," && depth === 0;
    });
    return comma < 0 ? [types] : [types.slice(0, comma), ...split(types.slice(comma + 1))];
  }

  const event = read("Event");
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes of an event were left over`);
  return event;
}

declare global {
  interface Window {
    /** What a worker told, as `teachEvents` lets the page's scripts read it. */
    readEvent: (bytes: ArrayBuffer) => any;
  }
}
