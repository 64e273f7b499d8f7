import type { Place, Strokes } from "./strokes";

/** How someone writes: where, how large, how wide and how slanted; the height is a part of the surface. */
export interface Hand {
  name: string;
  middle: Place;
  height: number;
  width: number;
  slantDegrees: number;
}

export const HANDS: Hand[] = [
  { name: "medium", middle: [0.5, 0.5], height: 0.55, width: 1, slantDegrees: 0 },
  { name: "small, in a corner", middle: [0.27, 0.26], height: 0.32, width: 1, slantDegrees: 4 },
  { name: "slanted", middle: [0.5, 0.5], height: 0.6, width: 0.9, slantDegrees: 15 },
  { name: "wide", middle: [0.5, 0.5], height: 0.55, width: 1.4, slantDegrees: 0 },
];

/** Part of an ellipse, from one angle to another in degrees; 0 is the right, 90 the bottom. */
function arc([x, y]: Place, [across, along]: Place, from: number, to: number): Place[] {
  return Array.from({ length: 13 }, (_, idx) => {
    const angle = ((from + ((to - from) * idx) / 12) * Math.PI) / 180;
    return [x + across * Math.cos(angle), y + along * Math.sin(angle)];
  });
}

/** Digits in a box about 0.6 wide and 1 high; an open 4 and a crossed 7. */
const DIGITS: Strokes[] = [
  [arc([0.3, 0.5], [0.3, 0.5], -80, -445)],
  [[[0.3, 0], [0.3, 1]]],
  [[...arc([0.29, 0.27], [0.27, 0.27], 195, 390), [0.03, 1], [0.62, 1]]],
  [[...arc([0.27, 0.25], [0.26, 0.25], 205, 445), ...arc([0.28, 0.74], [0.3, 0.26], 280, 515)]],
  [[[0.1, 0], [0.04, 0.55], [0.62, 0.55]], [[0.52, 0.02], [0.48, 1]]],
  [[[0.12, 0.02], [0.07, 0.45], ...arc([0.27, 0.69], [0.3, 0.3], 232, 508)], [[0.12, 0.02], [0.56, 0]]],
  [[[0.48, 0], [0.24, 0.2], [0.1, 0.42], ...arc([0.3, 0.72], [0.26, 0.28], 205, -165)]],
  [[[0.02, 0], [0.6, 0], [0.24, 1]], [[0.16, 0.5], [0.58, 0.5]]],
  [[...arc([0.3, 0.25], [0.21, 0.25], 60, -270), ...arc([0.3, 0.74], [0.28, 0.25], -90, 280)]],
  [[...arc([0.29, 0.28], [0.26, 0.28], -10, -355), [0.55, 0.3], [0.53, 0.6], [0.42, 1]]],
];

/** A digit as a hand writes it. */
export function written(digit: number, { middle, height, width, slantDegrees }: Hand): Strokes {
  const lean = Math.tan((slantDegrees * Math.PI) / 180);
  const place = ([right, down]: Place): Place => [
    middle[0] + height * ((right - 0.3) * width - (down - 0.5) * lean),
    middle[1] + height * (down - 0.5),
  ];
  return DIGITS[digit].map((stroke) => stroke.map(place));
}
