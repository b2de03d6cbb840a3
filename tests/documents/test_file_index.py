"""卷内目录: the pages of the papers follow on each other without a gap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.forms.archives import IndexedPaper, file_index
from tests.documents import samples


@given(st.lists(st.none() | st.integers(1, 300), max_size=30))
def test_each_paper_begins_behind_the_one_before_until_one_is_not_counted(
    counts: list[int | None],
) -> None:
    papers = tuple(IndexedPaper("材料", "", None, pages) for pages in counts)
    rows = file_index(samples.file_index(papers=papers)).lists["papers"].rows
    taken: list[int] = []
    known = True
    for (*_rest, pages, places, _remark), count in zip(rows, counts, strict=True):
        known = known and count is not None
        assert bool(places) is known
        assert pages == ("" if count is None else str(count))
        if known:
            first, _dash, last = places.partition("-")
            taken += range(int(first), int(last or first) + 1)
    assert taken == list(range(1, len(taken) + 1))
    counted = counts[: counts.index(None)] if None in counts else counts
    assert len(taken) == sum(count or 0 for count in counted)
