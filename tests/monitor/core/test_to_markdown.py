from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.core.drafts import Draft, assemble
from monitor.core.extract import EmptyText, extract_html, extract_markdown
from monitor.core.to_markdown import markdown

WORDS = st.text(alphabet="ab1 .*_#-+<>[]()`\\|!~=&:é\n", max_size=20)


def test_headings_lists_and_tables_are_written_as_markdown():
    body = (
        b"<h2>Data</h2><p>Kept *here*:</p><ul><li>logs<ul><li>raw</li></ul></li></ul>"
        b"<table><tr><th>Kind</th><th>Days</th></tr><tr><td>a|b</td><td>30</td></tr></table>"
    )
    assert markdown(extract_html(body, charset=None)) == (
        "## Data\n\nKept \\*here\\*:\n\n- logs\n    - raw\n\n| Kind | Days |\n| --- | --- |\n| a\\|b | 30 |\n"
    )


@example([Draft("heading", "1 #", 1)])
@example([Draft("heading", "###", 2)])
@example([Draft("heading", "a ##", 3)])
@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.builds(Draft, st.just("heading"), WORDS, st.integers(1, 6))
        | st.builds(Draft, st.just("paragraph"), WORDS)
        | st.builds(Draft, st.just("item"), WORDS, st.just(1)),
        max_size=6,
    )
)
def test_what_is_written_reads_back_as_the_same_text(drafts):
    try:
        found = assemble(drafts)
    except EmptyText:
        return
    assert extract_markdown(markdown(found)).text == found.text


def test_marks_that_a_converter_left_empty_or_set_in_a_cell_are_no_words():
    assert (
        extract_markdown("****Third parties.**** We share **nothing**.").text
        == "Third parties. We share nothing."
    )
    assert extract_markdown("|A|B|\n|-|-|\n|*   one*   two|x|").text == "A | B\none two | x"
    assert extract_markdown("2\\****3 and 4 * 5").text == "2****3 and 4 * 5"
