"""Pxxx: 疑点, what a careful editor would question. One module per topic."""
