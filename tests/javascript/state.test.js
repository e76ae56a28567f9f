import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hasChoice,
  stateFromUrl,
  urlFromState,
  withValue,
} from "../../generator/theme/assets/search-state.js";

test("an address says what is asked for, and back", () => {
  const address =
    "?q=old+bridge&person=Ana+Ruiz&person=Tom+Lee&from=1999&to=2021-06&sort=newest&page=2";
  const state = stateFromUrl(address);
  assert.deepEqual(state, {
    query: "old bridge",
    after: "1999",
    before: "2021-06",
    sort: "newest",
    page: 2,
    filters: { person: ["Ana Ruiz", "Tom Lee"] },
  });
  assert.deepEqual(stateFromUrl(urlFromState(state)), state);
});

test("what makes no sense is left out", () => {
  const state = stateFromUrl("?sort=best&page=-3&ship=Orion");
  assert.equal(urlFromState(state), "");
  assert.equal(state.page, 1);
  assert.equal(hasChoice(state), false);
});

test("a value is chosen and taken back", () => {
  const chosen = withValue({ place: ["Lima"] }, "person", "Ana", true);
  assert.deepEqual(chosen, { place: ["Lima"], person: ["Ana"] });
  assert.deepEqual(withValue(chosen, "person", "Ana", false), { place: ["Lima"] });
});
