// Keys of the review queue: each control names its own in data-key. Letters typed into a field stay letters.

// `isTyping` is that of keys.js, which every page loads first; a ticked box is no field to type into.
const isField = (target) => isTyping(target) && !["checkbox", "radio"].includes(target.type);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  if (event.key === "r") {
    event.preventDefault();
    document.querySelector("textarea[name=reason]")?.focus();
    return;
  }
  // The same letter stands in several groups that open one at a time: what is shown is meant.
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)];
  const control = named.find((one) => one.checkVisibility()) ?? named.find((one) => !one.closest("details"));
  if (!control) return;
  event.preventDefault();
  control.click();
});
