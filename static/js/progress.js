// While something is read in the background, its figures are fetched anew; where it is done, the page is.

const figures = document.querySelector("#progress");

async function follow() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("#progress");
  if (!now) {
    location.reload();
    return;
  }
  figures.querySelector("#done").textContent = now.querySelector("#done").textContent;
  const bar = figures.querySelector("progress");
  bar.value = now.querySelector("progress").value;
  bar.setAttribute("aria-valuenow", bar.value);
}

if (figures) setInterval(() => follow().catch(() => {}), 3000);
