import { test } from "../e2e/bottleneck_page";
import { record, say, type Measured } from "./record";
import { gpuArguments, measureWebGpu, type GpuFigures } from "./webgpu";

test("webgpu: what a training step asks of the adapter", { tag: "@webgpu" }, async ({ baseURL, browser: measured, launchOptions }) => {
  const { executablePath } = launchOptions;
  // The machine's own GPU, or else one that is imitated on its CPU.
  const figures = (await measureOn(false)) ?? (await measureOn(true));
  if (!figures) throw new Error("this browser offers no WebGPU adapter, not even an imitated one");
  say(`adapter: ${figures.adapter}${figures.isSoftware ? ", imitated on the CPU" : ""}`);
  record("webgpu", "counts and ms", [...series("dense", figures), ...series("conv", figures)]);

  async function measureOn(software: boolean) {
    const browser = await measured.browserType().launch({ executablePath, args: gpuArguments(software) });
    try {
      return await measureWebGpu(await browser.newPage(), baseURL ?? "");
    } finally {
      await browser.close();
    }
  }
});

function series(name: "dense" | "conv", figures: GpuFigures): Measured[] {
  const { launches, submissions, readbacks, msPerStep } = figures[name];
  return [
    { name: `${name}, launches`, samples: [launches] },
    { name: `${name}, submissions`, samples: [submissions] },
    { name: `${name}, read-backs`, samples: [readbacks] },
    { name: `${name}, ms on ${figures.adapter}`, samples: [msPerStep] },
  ];
}
