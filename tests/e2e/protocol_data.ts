import type { Page } from "@playwright/test";

/** A data set as the workers take it; the names are those of the protocol. */
export interface Dataset {
  form: { Pictures: { width: number; height: number } } | { Table: { columns: Column[] } };
  values: { Levels: { largest: number; bytes: Uint8Array } } | { Floats: Uint8Array };
  labels: Uint8Array;
}

interface Column {
  name: string;
  encoding:
    | { Number: { offset: number; scale: number; decimals: number } }
    | { Signed: { negative: string; positive: string } }
    | { OneHot: { levels: string[] } };
}

export interface PackedPictures {
  width: number;
  height: number;
  levels: number;
  /** One per picture, row by row. */
  pictures: Uint8Array[];
  labels: Uint8Array;
}

const HEADER_SIZE = 12;

/** Reads a packed file: `BNDG`, version, width, height, levels, number of items, pixels, labels. */
export function decodePacked(file: Uint8Array): PackedPictures {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = String.fromCharCode(...file.subarray(0, 4));
  const [version, width, height, levels] = file.subarray(4, 8);
  if (magic !== "BNDG" || version !== 1) throw new Error(`not a packed file: ${magic}, version ${version}`);
  const n_items = view.getUint32(8, true);
  const n_pixels = width * height;
  const picture = (idx: number) => file.slice(HEADER_SIZE + idx * n_pixels, HEADER_SIZE + (idx + 1) * n_pixels);
  return {
    width,
    height,
    levels,
    pictures: Array.from({ length: n_items }, (_, idx) => picture(idx)),
    labels: file.slice(HEADER_SIZE + n_items * n_pixels),
  };
}

/** The digits that the page itself loads. */
export async function fetchDigits(page: Page): Promise<PackedPictures> {
  const response = await page.request.get("./data/digits.bin");
  return decodePacked(new Uint8Array(await response.body()));
}

export function asDataset({ width, height, levels, pictures, labels }: PackedPictures): Dataset {
  const bytes = new Uint8Array(pictures.length * width * height);
  pictures.forEach((picture, idx) => bytes.set(picture, idx * picture.length));
  return { form: { Pictures: { width, height } }, values: { Levels: { largest: levels, bytes } }, labels };
}

/** Pictures of 28 × 28 pixels: a bright spot that wanders from one to the next. */
export function spots(n_items: number): PackedPictures {
  const side = 28;
  const level = (item: number, pixel: number) => {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const [centre_x, centre_y] = [8 + ((item * 5) % 12), 8 + ((item * 7) % 12)];
    const distance = (x - centre_x) ** 2 + (y - centre_y) ** 2;
    return Math.round(255 * Math.exp(-distance / (10 + item % 5)));
  };
  const picture = (item: number) => Uint8Array.from({ length: side * side }, (_, pixel) => level(item, pixel));
  return {
    width: side,
    height: side,
    levels: 255,
    pictures: Array.from({ length: n_items }, (_, item) => picture(item)),
    labels: Uint8Array.from({ length: n_items }, (_, item) => item % 10),
  };
}

/** Curves of 140 samples, each a map of a single row: a hump that wanders from one to the next. */
export function humps(n_items: number): PackedPictures {
  const n_samples = 140;
  const level = (item: number, sample: number) => Math.round(255 * Math.exp(-((sample - 40 - ((item * 11) % 60)) ** 2) / (60 + 7 * (item % 5))));
  const curve = (item: number) => Uint8Array.from({ length: n_samples }, (_, sample) => level(item, sample));
  return {
    width: n_samples,
    height: 1,
    levels: 255,
    pictures: Array.from({ length: n_items }, (_, item) => curve(item)),
    labels: new Uint8Array(n_items),
  };
}

/** Rows in the columns of the fourth article: sex, age, city, income and job. */
export function staff(n_rows: number): Dataset {
  const oneOf = (n_levels: number, chosen: number) => Array.from({ length: n_levels }, (_, idx) => Number(idx === chosen));
  const row = (idx: number) => [
    idx % 2 ? 1 : -1,
    (18 + ((idx * 17) % 51)) / 100,
    ...oneOf(3, idx % 3),
    (230 + ((idx * 97) % 661)) / 1_000,
    ...oneOf(3, Math.floor(idx / 3) % 3),
  ];
  const values = Float32Array.from(Array.from({ length: n_rows }, (_, idx) => row(idx)).flat());
  const number = (scale: number) => ({ Number: { offset: 0, scale, decimals: 0 } });
  const columns = [
    { name: "sex", encoding: { Signed: { negative: "male", positive: "female" } } },
    { name: "age", encoding: number(100) },
    { name: "city", encoding: { OneHot: { levels: ["anaheim", "boulder", "concord"] } } },
    { name: "income", encoding: number(100_000) },
    { name: "job", encoding: { OneHot: { levels: ["mgmt", "supp", "tech"] } } },
  ];
  return { form: { Table: { columns } }, values: { Floats: new Uint8Array(values.buffer) }, labels: new Uint8Array() };
}
