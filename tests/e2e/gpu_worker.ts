import type { Page } from "@playwright/test";

/** Runs a script in every GPU worker before its program: a worker has its own globals, so it travels with the loader. */
export function patchGpuWorker(page: Page, patch: string) {
  return page.route("**/gpu_worker_loader.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `{${patch}}\n${await response.text()}` });
  });
}

/** Lets `loseGpu` take the worker's device away. */
export function makeGpuLosable(page: Page) {
  return patchGpuWorker(
    page,
    `const request = GPUAdapter.prototype.requestDevice;
     GPUAdapter.prototype.requestDevice = async function (...args) {
       const device = await request.apply(this, args);
       new BroadcastChannel("lose the GPU").onmessage = () => device.destroy();
       return device;
     };`,
  );
}

/** Takes the device of every GPU worker away, as a crashed driver does. */
export function loseGpu(page: Page) {
  return page.evaluate(() => new BroadcastChannel("lose the GPU").postMessage("now"));
}
