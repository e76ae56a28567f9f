/* The entry of the search: the dialog in the header, and the search page when it is opened, also by
   instant navigation, which loads no page. */

// What the dialog imports, too: a file that only another file names costs one more round trip.
import "./search-client.js";
import "./search-dialog.js";

const mount = () => {
  const element = document.querySelector(".sb-search-page");
  if (element instanceof HTMLElement) {
    import("./search-page.js").then((page) => page.mount(element));
  }
};

if (window.document$) window.document$.subscribe(mount);
else mount();
