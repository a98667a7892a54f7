"""The engine under both halves: tags into Jinja2 syntax trees, a run that collects every fault, and its limits."""
