/* Set the chosen colours before the page is painted; the script is below the form that offers them. */
{
  const chosen = window.__md_get?.("__palette")?.color;
  if (chosen) {
    if (chosen.media === "(prefers-color-scheme)") {
      const light = matchMedia("(prefers-color-scheme: light)").matches;
      const media = `(prefers-color-scheme: ${light ? "light" : "dark"})`;
      const input = document.querySelector(`[data-md-color-media='${media}']`);
      for (const key of ["media", "scheme", "primary", "accent"]) {
        chosen[key] = input?.getAttribute(`data-md-color-${key}`);
      }
    }
    for (const [key, value] of Object.entries(chosen)) {
      document.body.setAttribute(`data-md-color-${key}`, value);
    }
  }
}
