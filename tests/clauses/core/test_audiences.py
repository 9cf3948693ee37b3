import pytest

from clauses.core.audiences import addressed_audience, audiences, named_audiences, narrow_audience


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Children under 13 may not write.", "children and minors"),
        (
            "If you live in the European Economic Area, you may object.",
            "people in the EU, EEA, UK or Switzerland",
        ),
        ("California residents have further rights.", "residents of US states"),
        ("Users of the free plan see notices.", "users of free services"),
        ("Enterprise customers sign a contract.", "business customers"),
        ("We also read letters of people who do not use Northlight.", "people who do not use the service"),
    ],
)
def test_the_groups_a_clause_names_are_told(text, name):
    assert named_audiences([text]) == (name,)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Business customers may object.", "business customers"),
        ("For our enterprise customers we keep nothing.", "business customers"),
        ("If you are a seller, you may export your letters.", "creators, sellers and hosts"),
        ("Your rights in the EEA", "people in the EU, EEA, UK or Switzerland"),
        ("Non-User Privacy Notice", "people who do not use the service"),
        ("We send letters to countries outside the EU.", ""),
        ("We share letters with sellers.", ""),
        ("For sellers and for schools other rules hold.", ""),
    ],
)
def test_a_text_is_for_a_group_that_it_speaks_to_and_not_for_one_it_only_names(text, name):
    assert addressed_audience(text) == name


def test_to_host_a_letter_names_no_host():
    assert named_audiences(["You grant us a license to host, store and show letters."]) == ()


def test_a_clause_for_everybody_names_nobody():
    assert named_audiences(["We keep your letters for 30 days.", ""]) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("This clause applies only to beta testers: we keep everything.", "applies only to beta testers"),
        ("If you are a government user, another court decides.", "If you are a government user"),
        ("We keep letters of researchers and of all others.", ""),
        ("We keep everything for ever.", ""),
        ("We sell your data to others for advertising to schools.", ""),
    ],
)
def test_a_clause_is_narrow_only_where_it_limits_itself(text, words):
    assert words in narrow_audience(text)
    assert bool(narrow_audience(text)) == bool(words)


def test_every_group_has_a_name_of_its_own():
    names = [audience.name for audience in audiences()]
    assert len(set(names)) == len(names) > 5


@pytest.mark.parametrize(
    "text",
    [
        "children",
        "minors",
        "teen",
        "teenagers",
        "under 13",
        "under the age of 16",
        "younger than 18",
        "European Economic Area",
        "European Union",
        "EEA",
        "the EU",
        "United Kingdom",
        "UK",
        "Switzerland",
        "Nevada residents",
        "Utah consumer",
        "resident of Texas",
        "certain states",
        "located in the Republic of Korea",
        "residents of Brazil",
        "users in Japan",
        "live in India",
        "are in Australia",
        "individuals in Canada",
        "residents of Israel",
        "residents of Mexico",
        "residents of South Africa",
        "residents of China",
        "residents of Singapore",
        "residents of New Zealand",
        "free tier",
        "paid plan",
        "paying customers",
        "your subscription",
        "subscribers",
        "enterprise",
        "business accounts",
        "organization that",
        "organizations that",
        "professional users",
        "developers",
        "API key",
        "creators",
        "seller",
        "merchant",
        "hosts",
        "publisher",
        "artists",
        "every host",
        "teachers",
        "educator",
        "student",
        "school",
        "K-12",
        "beta features",
        "preview versions",
        "pre-release program",
        "early access testers",
        "alpha services",
        "researchers",
        "government entity",
        "federal agencies",
        "non-users",
        "people who do not use",
        "do not have an account",
    ],
)
def test_what_a_text_needs_for_a_group_to_be_looked_for_leaves_out_no_words_for_it(text):
    assert named_audiences([f"For {text} we do more."]), text
