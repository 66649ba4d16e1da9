"""Rule deciders: named styles that answer every kind of question."""

from collections.abc import Callable

from sim.decisions.question import Answer, ChoiceField, Decider, NumberField, Question


class OwnInterest:
    """Takes the default of each question: what serves the own purse, within what was agreed."""

    name = "own_interest"

    def answer(self, question: Question) -> Answer:
        """The default; after a breach or a shock too."""
        return question.default()


class Regional(OwnInterest):
    """Weighs every purse in the region as its own and opens the file as far as the question allows."""

    name = "regional"

    def answer(self, question: Question) -> Answer:
        """Highest regard and widest sharing; otherwise the default."""
        chosen = question.default()
        for field in question.fields:
            if isinstance(field, NumberField) and field.name in ("regard", "file_share"):
                chosen[field.name] = field.high
        return chosen


class Reciprocal(OwnInterest):
    """Does as agreed while partners do; holds back the same when they fall short."""

    name = "reciprocal"

    def answer(self, question: Question) -> Answer:
        """Withholds after a breach; otherwise the default."""
        chosen = question.default()
        for field in question.fields:
            if question.kind == "breach" and isinstance(field, ChoiceField):
                chosen[field.name] = "withhold"
        return chosen


STYLES: dict[str, Callable[[], Decider]] = {style.name: style for style in (OwnInterest, Regional, Reciprocal)}
