/* The chosen colours, before the page is painted; the script is below the form that offers them.
   Material's script does the same, and comes later or, on our pages, hardly ever. */
{
  const ATTRIBUTES = ["media", "scheme", "primary", "accent"];
  const AUTOMATIC = "(prefers-color-scheme)";
  const system = matchMedia("(prefers-color-scheme: light)");
  const options = [...document.querySelectorAll("input[name=__palette]")];
  const scheme = document.createElement("meta");
  scheme.name = "color-scheme";
  document.head.append(scheme);

  /** @type {(option: Element | undefined, key: string) => string} */
  const colourOf = (option, key) => option?.getAttribute(`data-md-color-${key}`) ?? "";

  /** Return the position of the option that was chosen, or else of the first that applies. */
  const chosenIndex = () => {
    const chosen = window.__md_get?.("__palette")?.index;
    const index = chosen ?? options.findIndex((one) => matchMedia(colourOf(one, "media")).matches);
    return Math.max(0, Math.min(index, options.length - 1));
  };

  /**
   * Return the colours of an option; of the automatic one, those of the system now.
   * @param {Element} option
   */
  const coloursOf = (option) => {
    const media = `(prefers-color-scheme: ${system.matches ? "light" : "dark"})`;
    const current = options.find((other) => colourOf(other, "media") === media);
    const isAutomatic = colourOf(option, "media") === AUTOMATIC;
    const source = (isAutomatic && current) || option;
    const colours = ATTRIBUTES.map((key) => [key, colourOf(source, key)]);
    return { ...Object.fromEntries(colours), media: colourOf(option, "media") };
  };

  const paint = () => {
    const chosen = chosenIndex();
    for (const [key, value] of Object.entries(coloursOf(options[chosen]))) {
      document.body.setAttribute(`data-md-color-${key}`, value);
    }
    scheme.content = getComputedStyle(document.body).colorScheme;
    options.forEach((option, index) => {
      const label = option.nextElementSibling;
      if (label instanceof HTMLElement) label.hidden = index !== chosen;
    });
  };

  if (options.length) {
    paint();
    system.addEventListener("change", paint);
  }
  for (const [index, option] of options.entries()) {
    option.addEventListener("change", () => {
      window.__md_set?.("__palette", { index, color: coloursOf(option) });
      paint();
    });
    option.addEventListener("keydown", (event) => {
      const next = options[(chosenIndex() + 1) % options.length];
      // Material's script listens for the same key.
      if (window.document$ || !(next instanceof HTMLElement)) return;
      if (!(event instanceof KeyboardEvent) || event.key !== "Enter") return;
      next.click();
      next.focus();
    });
  }
}
