"""Recognition of Chinese numbers in running text: what is a figure, what dates or names, what is an idiom."""

from reportgen.proof.recognition.number import Number, NumberKind
from reportgen.proof.recognition.reading import recognise
from reportgen.proof.recognition.recogniser import Found, Recogniser

__all__ = ["Found", "Number", "NumberKind", "Recogniser", "recognise"]
