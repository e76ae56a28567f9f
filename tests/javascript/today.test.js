import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDay } from "../../generator/theme/assets/today.js";

const days = { "03-20": [], "03-14": [], "03-09": [] };

test("the day itself, else the next one of its month", () => {
  assert.equal(nextDay(days, "03-14"), "03-14");
  assert.equal(nextDay(days, "03-10"), "03-14");
  assert.equal(nextDay(days, "03-01"), "03-09");
});

test("none after the last one", () => {
  assert.equal(nextDay(days, "03-21"), undefined);
  assert.equal(nextDay({}, "03-21"), undefined);
});
