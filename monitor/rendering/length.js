// How long the document is in characters, before anybody asks for it.
() => document.documentElement?.outerHTML.length ?? 0
