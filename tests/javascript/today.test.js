import assert from "node:assert/strict";
import { test } from "node:test";
import { monthsFrom, nextDay } from "../../generator/theme/assets/today.js";

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

test("months come from this one on, and this one again in the next year", () => {
  assert.deepEqual(monthsFrom(["02", "03", "12"], "03"), ["03", "12", "02", "03"]);
  assert.deepEqual(monthsFrom(["02", "12"], "03"), ["12", "02"]);
  assert.deepEqual(monthsFrom([], "03"), []);
});
