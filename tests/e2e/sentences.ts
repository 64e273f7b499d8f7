/** The epoch in "epoch 12 of 150". */
export function epochIn(text: string) {
  return Number(/epoch (\d+)/.exec(text)?.[1] ?? Number.NaN);
}

/** The epoch and the two losses that the loss curve names. */
export function lossesIn(sentence: string) {
  const figures = /after epoch (\d+) it is ([\d.]+) on training digits and ([\d.]+) on calibration digits/;
  const [, epoch, training, calibration] = (figures.exec(sentence) ?? []).map(Number);
  return { epoch, training, calibration };
}
