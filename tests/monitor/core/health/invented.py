"""Invented pages for the tests of the capture gate."""

from monitor.core.extract import ExtractionError, extract
from monitor.core.health import History, Neighbor, Page, judge

ADDRESS = "https://kiteboard.example/legal/terms"

TERMS = [
    ("h1", "Kiteboard terms of use"),
    ("p", "Last updated on 3 March 2025. Kiteboard lets small teams draw plans together and keep them."),
    ("h2", "1. Your account"),
    ("p", "You need an account to draw. You must be sixteen or older, and tell us a mail address that you read."),
    ("p", "Keep your password to yourself; what is done with your account counts as done by you until you tell us."),
    ("h2", "2. What you draw"),
    ("p", "Your drawings stay yours. You give us the right to store and show them as far as the service needs it."),
    ("li", "We never sell a drawing, nor use one to advertise anything."),
    ("li", "We remove drawings that a court has found to be against the law, and say so to their owner."),
    ("h2", "3. Paying"),
    ("p", "Teams of more than four pay per month and in advance. We announce a higher price sixty days before."),
    ("p", "If a page not found or an error keeps you from the service for a whole day, that day costs nothing."),
    ("h2", "4. Ending"),
    ("p", "You can leave at any time in the settings. We end a contract with a notice of thirty days, or at once "
          "where somebody uses the service to harm others, after access was denied to them for a week."),
    ("p", "Thirty days after the end we delete all drawings. Bills stay with us for ten years, as the law asks."),
    ("h2", "5. Liability"),
    ("p", "We are liable for what we do on purpose or by gross negligence. Otherwise our liability is limited to "
          "what you paid during the last twelve months, unless the law forbids such a limit."),
    ("h2", "6. Changes"),
    ("p", "We may change these terms. We write to you six weeks before, and you may end the contract until then."),
    ("h2", "7. Law and contact"),
    ("p", "The law of Austria applies to these terms. Disputes go to the courts of Graz, if you are a business."),
    ("p", "Write to Kiteboard Drawing Ltd, Lane of Lanterns 4, 8010 Graz, or to legal at kiteboard dot example."),
]  # fmt: skip
PRIVACY = [
    ("h1", "Kiteboard privacy policy"),
    ("p", "This policy says which personal data we hold about you, why, and for how long. It is valid since May."),
    ("h2", "Data you give us"),
    ("p", "A name, a mail address and, where your team pays, an address for the bill. We ask for nothing else."),
    ("p", "Drawings may hold personal data of others. You are responsible for having their consent to draw them."),
    ("h2", "Data we collect"),
    ("p", "The address of your machine, the kind of your browser, and when you came. We delete these after a week."),
    ("p", "We set one cookie that keeps you signed in, and none of anybody else. You can refuse it in your browser."),
    ("h2", "Who else sees it"),
    ("p", "Our hosting partner in Linz stores all data on our behalf, under a contract that binds it as it binds us."),
    ("p", "Authorities get data only where a law says so and a judge has signed, and we tell you where we may."),
    ("h2", "Your rights"),
    ("p", "You can see, correct and delete your data, or take it along. Write to privacy at kiteboard dot example."),
]  # fmt: skip
BEDINGUNGEN = [
    ("h1", "Nutzungsbedingungen von Kiteboard"),
    ("p", "Stand 3. März 2025. Mit Kiteboard zeichnen kleine Gruppen gemeinsam Pläne und bewahren sie auf."),
    ("h2", "1. Ihr Konto"),
    ("p", "Zum Zeichnen brauchen Sie ein Konto. Sie müssen sechzehn Jahre alt sein und uns eine Adresse nennen."),
    ("p", "Behalten Sie Ihr Kennwort für sich; was mit Ihrem Konto geschieht, wird Ihnen zugerechnet."),
    ("h2", "2. Ihre Zeichnungen"),
    ("p", "Ihre Zeichnungen bleiben Ihre. Sie räumen uns das Recht ein, sie zu speichern und zu zeigen."),
    ("h2", "3. Bezahlung"),
    ("p", "Gruppen von mehr als vier Personen zahlen monatlich im Voraus. Höhere Preise kündigen wir an."),
    ("h2", "4. Haftung"),
    ("p", "Wir haften für Vorsatz und grobe Fahrlässigkeit, sonst nur bis zur Höhe dessen, was Sie gezahlt haben."),
]  # fmt: skip
PLANS = [
    ("h1", "Draw together, wherever you are"),
    ("p", "Kiteboard is the friendliest way to sketch with your team. Start in seconds, no installation, no fuss."),
    ("p", "Over nine thousand teams plan their kitchens, gardens and rockets with us, and they love the pencils."),
    ("p", "Pick a template, invite your friends, and watch the ideas fly. New: brushes that feel like real chalk."),
    ("p", "See our plans and prices, read the stories of our customers, or join the webinar on Thursday at noon."),
    ("p", "Made with joy in Graz. Follow us for tips and tricks, and download the app for your phone or tablet."),
]  # fmt: skip


def html(parts, *, title="", head="", before="", after="", language="en"):
    """A page with these parts in its main element."""
    if parts and title == "":
        title = parts[0][1]
    body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts)
    return (
        f"<!doctype html><html lang={language}><head><title>{title}</title>{head}</head>"
        f"<body>{before}<main>{body}</main>{after}</body></html>"
    )


def page(markup, *, url=ADDRESS, final_url="", select=("main",)):
    """The page as the gate sees it."""
    body = markup.encode("utf-8", "surrogatepass") if isinstance(markup, str) else markup
    text = body.decode("utf-8", "replace")
    for selectors in (select, ()):
        try:
            found = extract(body, "text/html; charset=utf-8", select=selectors)
        except ExtractionError:
            continue
        return Page(text, url, final_url, found, is_selected=selectors == select)
    return Page(text, url, final_url, None, is_selected=False)


def past(parts, *, language="en", url=ADDRESS, is_read_alike=True, **options):
    """The last good text of a source whose page had these parts."""
    markup = html(parts, language=language, **options)
    found = page(markup).extract
    return History(found.text, found.title, language, url, lambda: markup, is_read_alike)


def neighbors():
    """The other documents of the platform."""
    return [Neighbor("Privacy policy", page(html(PRIVACY)).text)]


def judged(markup, history=None, **options):
    """The verdict as outcome and code of its first reason, None for a healthy page."""
    found = judge(page(markup, **options), history, neighbors)
    return (found.outcome, found.reasons[0].code) if found else None


def outcome(markup, history=None, **options):
    """The outcome of the verdict, None for a healthy page."""
    found = judged(markup, history, **options)
    return found[0] if found else None
