// The text of what was selected, else of the body: its words, and a hash of all its characters.
(selectors) => {
  const chosen = [];
  let understood = 0;
  for (const selector of selectors) {
    try {
      chosen.push(...document.querySelectorAll(selector));
      understood += 1;
    } catch {
      // Not every selector of ours is one of the browser's.
    }
  }
  const skipped = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"]);
  let hash = 0;
  let words = 0;
  for (const root of understood ? chosen : [document.body]) {
    if (!root) continue;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (skipped.has(walker.currentNode.parentElement?.tagName)) continue;
      const text = walker.currentNode.data;
      words += (text.match(/\S+/g) ?? []).length;
      for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    }
  }
  return { words, hash, ready: document.readyState !== "loading" };
}
