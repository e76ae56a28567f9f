/* What the theme expects to find before its own script: where the site begins, and how settings
   are stored. It used to be in every page; as a file it lets pages forbid all inline script. */
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("..", script.src);
  document.documentElement.classList.replace("no-js", "js");
  document.documentElement.classList.toggle("sb-asked", location.search.length > 1);
  window.__md_scope = root;
  window.__md_hash = (text) =>
    [...text].reduce((hash, character) => (hash << 5) - hash + character.charCodeAt(0), 0);
  window.__md_get = (key, storage = localStorage, scope = root) =>
    JSON.parse(storage.getItem(`${scope.pathname}.${key}`) ?? "null");
  window.__md_set = (key, value, storage = localStorage, scope = root) => {
    try {
      storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // A browser that stores nothing shows every page in the system's colours.
    }
  };
}

/* Instant navigation sets the `href` of every element to itself, and where that fails it ends for the
   rest of the visit. In SVG `href` is an object that cannot be set: let it stay as it is, and let a
   string set the attribute. */
for (const name of Object.getOwnPropertyNames(window).filter((name) =>
  /^SVG\w*Element$/.test(name),
)) {
  const { prototype } = Reflect.get(window, name);
  const href = Object.getOwnPropertyDescriptor(prototype, "href");
  if (!href?.get || href.set) continue;
  /**
   * @this {SVGElement}
   * @param {string | SVGAnimatedString} address
   */
  const set = function (address) {
    if (typeof address === "string") this.setAttribute("href", address);
  };
  Object.defineProperty(prototype, "href", { ...href, set });
}

/* On our pages, the theme's script is in a template: it is fetched for readers of long pages, whom
   it shows the title in the header and the way back to the top. */
{
  const fetchThemeScript = () => {
    const late = document.getElementById("__theme_script");
    if (!(late instanceof HTMLTemplateElement) || scrollY < 2 * innerHeight) return;
    removeEventListener("scroll", fetchThemeScript);
    const script = document.createElement("script");
    // The script waits for an event that was long ago.
    script.addEventListener("load", () => window.document$?.next(document));
    script.src = late.content.querySelector("script")?.getAttribute("src") ?? "";
    document.body.append(script);
  };
  addEventListener("scroll", fetchThemeScript, { passive: true });
}
