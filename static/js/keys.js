// j and k move the focus to the next and previous stop of a page: a change, an entry, a clause.

const stops = () => [...document.querySelectorAll("[data-stop]")].filter((stop) => stop.offsetParent !== null);

function isTyping(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

// The stop that has the focus, else the one that the address names.
function standing() {
  const focused = document.activeElement.closest("[data-stop]");
  return focused || document.querySelector("[data-stop]:target");
}

function move(step) {
  const all = stops();
  if (all.length === 0) return;
  const here = all.indexOf(standing());
  const onward = all[here]?.querySelector(`[data-step="${step > 0 ? "after" : "before"}"]`);
  // The neighbor of the last change on a page stands on the next page.
  if (onward && onward.search !== location.search) return onward.click();
  // Nothing stands before the beginning of a page.
  if (here < 0 && step < 0) return;
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  next.setAttribute("tabindex", "-1");
  // The address keeps the place: reloading, going back or sharing it leads here again.
  if (next.id) location.replace(`#${next.id}`);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.id ? "start" : "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  }
});

// Addresses that name a place of another page: what a fragment names is not sent to the site.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches(".clause-index li, .outline li, .elsewhere li")) location.replace(named.querySelector("a").href);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-keep-place]");
  const place = location.hash.match(/^#(p-\d+)$/);
  if (link && place) link.search += `${link.search ? "&" : "?"}clause=${place[1].toUpperCase()}`;
});

// A comparison of several pages, and all of its text, keep the view that was chosen on one of them.
const kept = `view ${location.pathname}`;
for (const view of document.querySelectorAll(".views input")) {
  if (view.value === sessionStorage.getItem(kept)) view.checked = true;
  view.addEventListener("change", () => sessionStorage.setItem(kept, view.value));
}
