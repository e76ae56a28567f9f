/* What the theme expects to find before its own script: where the site begins, and how settings
   are kept. It used to stand in every page; as a file it lets pages forbid all inline script. */
{
  const scope = new URL("..", document.currentScript.src);
  window.__md_scope = scope;
  window.__md_hash = (text) =>
    [...text].reduce((hash, sign) => (hash << 5) - hash + sign.charCodeAt(0), 0);
  window.__md_get = (key, storage = localStorage, where = scope) =>
    JSON.parse(storage.getItem(`${where.pathname}.${key}`));
  window.__md_set = (key, value, storage = localStorage, where = scope) => {
    try {
      storage.setItem(`${where.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing shows every page in the system's colours.
    }
  };
}

/* Instant navigation sets the `href` of every element to itself, and where that fails it ends for the
   rest of the visit. In SVG `href` is an object that cannot be set: let it stay as it is, and let a
   string set the attribute. */
for (const name of Object.getOwnPropertyNames(window).filter((known) =>
  /^SVG\w*Element$/.test(known),
)) {
  const { prototype } = window[name];
  const href = Object.getOwnPropertyDescriptor(prototype, "href");
  if (!href?.get || href.set) continue;
  /** @param {string | SVGAnimatedString} address */
  const set = function (address) {
    if (typeof address === "string") this.setAttribute("href", address);
  };
  Object.defineProperty(prototype, "href", { ...href, set });
}
