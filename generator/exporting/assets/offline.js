/* Loads modules and reads files for a copy of a site that is opened from disk. Browsers load no
   module from there and fetch no file, but they run classic scripts. So `seedbed export zip` writes
   the modules after this script, each as a call of `define`, and every file that a search reads as
   a script that calls `addText` or `addBytes`. */
{
  const current = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../", current.src);

  const createModules = () => {
    /** @type {Map<string, (url: string) => Record<string, unknown>>} */
    const definitions = new Map();
    /** @type {Map<string, Record<string, unknown>>} */
    const modules = new Map();
    /** @type {(address: string) => Record<string, unknown>} */
    const require = (address) => {
      const name = address.replace(/\?.*$/, "").replace(/^.*\//, "");
      const known = modules.get(name);
      if (known) return known;
      const run = definitions.get(name);
      if (!run) throw new Error(`this copy has no script ${name}`);
      const exported = run(new URL(`assets/${name}`, root).href);
      modules.set(name, exported);
      return exported;
    };
    /** @type {(name: string, run: (url: string) => Record<string, unknown>) => void} */
    const define = (name, run) => {
      definitions.set(name, run);
    };
    /** @type {(address: string) => Promise<Record<string, unknown>>} */
    const load = async (address) => require(address);
    return { define, require, load };
  };

  const createFiles = () => {
    /** @type {Map<string, (body: BodyInit) => void>} */
    const waiting = new Map();
    /** @type {Map<string, Promise<BodyInit>>} */
    const bodies = new Map();
    /** @type {(path: string) => Promise<BodyInit>} */
    const load = (path) =>
      new Promise((resolve, reject) => {
        const file = document.createElement("script");
        waiting.set(path, resolve);
        file.addEventListener("error", () => reject(new TypeError(`this copy has no ${path}`)));
        file.addEventListener("load", () => file.remove());
        file.src = new URL(`${path}.js`, root).href;
        document.head.append(file);
      });
    /** @type {(path: string) => Promise<Response>} */
    const read = async (path) => {
      const body = bodies.get(path) ?? load(path);
      bodies.set(path, body);
      return new Response(await body);
    };
    /** @type {(path: string, text: string) => void} */
    const addText = (path, text) => waiting.get(path)?.(text);
    /** @type {(path: string, base64: string) => void} */
    const addBytes = (path, base64) =>
      waiting.get(path)?.(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return { read, addText, addBytes };
  };

  const { read, ...add } = createFiles();
  const fetchFromHost = window.fetch.bind(window);
  window.fetch = (input, options) => {
    const { href } = new URL(input instanceof Request ? input.url : input, location.href);
    if (!href.startsWith(root.href)) return fetchFromHost(input, options);
    const [path] = href.slice(root.href.length).split(/[?#]/);
    return read(decodeURI(path).replace(/(^|\/)$/, "$1index.html"));
  };
  window.seedbedOffline = { ...createModules(), ...add };
}
