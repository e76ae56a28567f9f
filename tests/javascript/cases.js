/* Cases that Python's tests wrote for these: one file, which says what the program makes of each. */

import { readFileSync } from "node:fs";

const path = process.env.SEEDBED_CASES;
if (!path) throw new Error("run these tests with `make test-js`, which writes their cases");

/**
 * @type {{
 *   words: [text: string, words: string[]][],
 *   folded: [text: string, folded: string][],
 *   cells: [text: string, escaped: string][],
 *   varints: [numbers: number[], bytes: number[]][],
 *   columns: [values: string[][], file: number[]][],
 *   dates: [dates: string[], file: number[]][],
 *   queries: { name: string, given: string, expect: Record<string, unknown> }[],
 * }}
 */
export const cases = JSON.parse(readFileSync(path, "utf-8"));
