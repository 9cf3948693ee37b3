"""Words with a full stop that ends nothing, and words that begin sentences, in the languages of terms."""

from __future__ import annotations

import re

# A name, noun or figure follows these, so a full stop after them ends nothing.
NEVER_END = frozenset({
    "mr", "mrs", "ms", "dr", "prof", "st", "cf", "vs", "v", "approx", "incl", "e.g", "i.e", "eg", "ie", "viz",
    "al", "resp", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "reg",
    "ed", "bzw", "ggf", "vgl", "gem", "z.b", "d.h", "u.a", "o.ä", "i.d.r", "i.s.d", "i.v.m", "sog", "inkl",
    "einschl", "evtl", "zzgl", "exkl", "bspw", "insb", "entspr", "p.ex", "p.ej", "mme", "mlle", "mm", "réf",
    "éd", "ud", "uds", "vd", "vds", "sr", "sra", "sres", "dña", "pág", "págs", "sig", "sigg", "dott", "avv",
    "egr", "spett", "ecc.to", "cfr", "exmo", "exma", "bijv", "d.w.z", "m.b.t", "t.a.v", "o.a", "t.o.v", "dhr",
    "mevr", "np", "zob", "tj", "tzn", "m.in", "ul", "prof.dr", "bl.a", "t.ex", "d.v.s", "f.eks", "т.е", "др", "ст",
    "п", "ул", "см", "напр",
})  # fmt: skip
# A number or letter follows these where they are short for something: "Art. 6", but "the state of the art. We".
BEFORE_NUMBER = frozenset({
    "no", "nos", "nr", "nrs", "art", "arts", "sec", "secs", "cl", "para", "paras", "par", "ch", "fig", "vol",
    "pp", "p", "s", "abs", "ziff", "lit", "rn", "rdnr", "núm", "num", "nº", "n°", "n", "al", "alin", "cap",
    "cláus", "apdo", "ap", "pkt", "ust", "poz", "č", "čl", "str", "pt", "rec", "anh", "kap", "abschn", "max",
    "min", "tel", "ca", "hr",
})  # fmt: skip
# These may end a sentence or stand before a capital inside one: the next word decides.
EITHER = frozenset({
    "inc", "ltd", "llc", "corp", "co", "plc", "gmbh", "etc", "bv", "s.a", "n.v", "u.s", "u.k", "e.u", "u.s.a",
    "a.m", "p.m", "d.c", "ave", "blvd", "usw", "ecc", "itd", "s.r.l", "s.p.a", "s.l", "s.l.u", "s.a.s",
    "s.a.r.l", "ltda", "s.c", "ee.uu", "u.e", "r", "a.s", "k.k", "pty", "pte", "enz", "osv", "m.fl",
})  # fmt: skip
# "z. B.", "d. h.", "p. ex.", "p. ej.", "i. S. d.", "m. b. t.", "EE. UU.": abbreviations written in parts.
IN_PARTS = re.compile(
    r"(?:^|[\s(\[„“«])(?:z\.\s?B|d\.\s?h|u\.\s?(?:a|U|Ä|ä)|o\.\s?(?:ä|Ä|g|a)|i\.\s?(?:d|S|V|d\.\s?R|S\.\s?d|V\.\s?m|e)"
    r"|s\.\s?[aou]|v\.\s?a|p\.\s?(?:ex|ej|es)|n\.\s?b|t\.\s?ex|т\.\s?е|d\.\s?w\.\s?z|m\.\s?b\.\s?t|a\.\s?a\.\s?O"
    r"|EE)\Z"
)
# Not "A" and "I", which begin sentences.
NUMBERED = re.compile(r"\d|[IVXLC]{2,6}\b|[b-hj-zB-HJ-Z]\b|§")
MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|januari|februari|maart|mei|augustus"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|marts|maj|augusti|desember"
    r"|leden|ledna|února|března|dubna|května|června|července|srpna|září|října|listopadu|prosince"
    r"|tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta"
    r"|marraskuuta|joulukuuta|ožujka|travnja|svibnja|lipnja|srpnja|kolovoza|rujna|listopada|studenoga|prosinca)\b",
    re.IGNORECASE,
)
STARTER = re.compile(
    r"[\"'“‘„«(\[¿¡]?\s?(?:We|You|The|This|These|Those|If|Our|Your|In|By|All|Any|However|To|When|Where|It|For|As|At|On|A"
    r"|An|No|Please|Such|That|Unless|Except|Some|Other|You're|They|There|After|Before|Once|Under|Upon|With"
    r"|Wir|Sie|Die|Der|Das|Dies|Diese|Dieser|Es|Ein|Eine|Wenn|Bei|Für|Im|Soweit|Falls|Unsere?|Ihre?"
    r"|Nous|Vous|Le|La|Les|Ce|Cette|Ces|Il|Elle|Ils|Si|En|Pour|Dans|Un|Une|Votre|Vos|Nos|Notre|Toute?"
    r"|El|Los|Las|Usted|Ustedes|Esta?|Estos|Para|Cuando|Su|Sus|Nuestr[oa]s?|Se|Gli|Lo|Questo|Questa|Per|Nel|O|Os|As|Você"
    r"|Het|De|Een|Deze|Als|Wij|U|Мы|Вы|Если|Эт[оаи])\b"
)
