// Runs in the GPU worker before its program: counts what the program asks of WebGPU, and tells on request.
const counts = { launches: 0, submissions: 0, readbacks: 0 };

countCalls(GPUComputePassEncoder.prototype, "dispatchWorkgroups", "launches");
countCalls(GPUComputePassEncoder.prototype, "dispatchWorkgroupsIndirect", "launches");
countCalls(GPUQueue.prototype, "submit", "submissions");
countCalls(GPUBuffer.prototype, "mapAsync", "readbacks");

function countCalls(prototype, method, counter) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    counts[counter] += 1;
    return original.apply(this, args);
  };
}

// The worker knows no such message: it must not reach the worker's own listener, which is set later.
addEventListener("message", (event) => {
  if (!event.data?.TellCounts) return;
  event.stopImmediatePropagation();
  postMessage({ Counts: { ...counts, at_ms: performance.now() } });
});
