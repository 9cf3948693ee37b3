// Buttons that copy the text of the element they name, shown only where this script runs; and what a copied redline says.

document.documentElement.classList.add("has-script");

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(source.innerText.trim());
    button.textContent = "Copied";
  } catch {
    window.getSelection().selectAllChildren(source);
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => { button.textContent = said; }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});

// Struck words and those in their place are no text that ever stood: without the struck ones, what is copied is the
// newer text. Struck words selected alone are copied as they are.
document.addEventListener("copy", () => {
  const selection = window.getSelection();
  if (!selection.rangeCount) return;
  const taken = selection.getRangeAt(0).cloneContents();
  taken.querySelectorAll("del").forEach((struck) => struck.remove());
  const within = selection.getRangeAt(0).commonAncestorContainer;
  const struckAlone = (within.closest ? within : within.parentElement).closest("del") || !taken.textContent.trim();
  if (struckAlone) return;
  document.body.classList.add("is-copied");
  setTimeout(() => document.body.classList.remove("is-copied"));
});
