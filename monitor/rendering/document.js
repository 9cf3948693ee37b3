// The document as it stands.
() => (document.doctype ? "<!DOCTYPE html>\n" : "") + (document.documentElement?.outerHTML ?? "")
