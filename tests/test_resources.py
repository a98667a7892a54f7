"""The bundled files are found from a checkout, and every template has a sample to start from."""

from __future__ import annotations

import pytest

from reportgen import resources


def test_kinds_are_the_template_folders() -> None:
    assert "综述" in resources.kinds()


@pytest.mark.parametrize("kind", resources.kinds())
def test_each_kind_has_a_template_and_a_sample(kind: str) -> None:
    assert (resources.templates_root() / kind / "附件.xlsx").is_file()
    assert list((resources.inputs_root() / kind).glob("*.xlsx"))
