/* How numbers and headers are written in the files of the index: docs-site/docs/developers/search-format.md. */

import { IMPACT_BITS } from "./search-format.js";

const decoder = new TextDecoder();
const IMPACT_MASK = (1 << IMPACT_BITS) - 1;

/** @type {(data: Uint8Array) => any} */
export const decodeJson = (data) => JSON.parse(decoder.decode(data));

/**
 * Split a file into its header and what comes after it.
 * @type {(data: Uint8Array) => { head: any, body: Uint8Array }}
 */
export const readHeader = (data) => {
  const size = data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24);
  return { head: decodeJson(data.subarray(4, 4 + size)), body: data.subarray(4 + size) };
};

/**
 * Yield the numbers of a run of varints. They may have more than 32 bits, hence no shifts.
 * @param {Uint8Array} data
 * @returns {Generator<number, void, undefined>}
 */
export function* decodeVarints(data) {
  for (let index = 0; index < data.length; ) {
    let number = 0;
    let scale = 1;
    while (data[index] > 0x7f) {
      number += (data[index++] & 0x7f) * scale;
      scale *= 128;
    }
    yield number + data[index++] * scale;
  }
}

/**
 * Call `visit` with the entry and the impact of each posting, in the order of the entries. This is
 * where a search spends its time: no generator, and numbers of 32 bits.
 * @param {Uint8Array} data
 * @param {(entry: number, impact: number) => void} visit
 */
export const forEachPosting = (data, visit) => {
  let last = -1;
  for (let index = 0; index < data.length; ) {
    let number = 0;
    let shift = 0;
    while (data[index] > 0x7f) {
      number |= (data[index++] & 0x7f) << shift;
      shift += 7;
    }
    number |= data[index++] << shift;
    last += (number >>> IMPACT_BITS) + 1;
    visit(last, number & IMPACT_MASK);
  }
};

/** @type {(data: Uint8Array) => number} */
export const countVarints = (data) => {
  let count = 0;
  for (let index = 0; index < data.length; index += 1) if (data[index] < 0x80) count += 1;
  return count;
};
