// j and k move the focus to the next and previous stop of a page: a change, an entry, a clause.

const stops = () => [...document.querySelectorAll("[data-stop]")].filter((stop) => stop.offsetParent !== null);

function isTyping(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function move(step) {
  const all = stops();
  if (all.length === 0) return;
  const here = all.indexOf(document.activeElement.closest("[data-stop]"));
  const first = step > 0 ? 0 : all.length - 1;
  const next = here < 0 ? first : Math.min(Math.max(here + step, 0), all.length - 1);
  all[next].setAttribute("tabindex", "-1");
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
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
