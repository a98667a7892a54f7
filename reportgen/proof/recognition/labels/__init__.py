"""Numbers that name, date or order something and want no source."""

from reportgen.proof.recognition.labels.finders import label_at

__all__ = ["label_at"]
