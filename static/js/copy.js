// Buttons that copy the text of the element they name. They are shown only where this script runs.

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
