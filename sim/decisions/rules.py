"""Rule deciders: named styles that answer every kind of question.

A style reads the question only: its defaults and bounds, and in its view what the actor may know. Beside figures of its
own that is what it answered last (`last_<field>`) and public facts: `months_to_election`, what the plan of the centre
municipality says (`centre_<field>`), what partners opened of their files (`partners_file_share`). At a live table the
centre's last vote is public too, and what the text gains all by its own estimate (`gain_of_all`).
"""

from collections.abc import Callable

from sim.decisions.question import Answer, ChoiceField, Decider, Field, NumberField, Question

CAUTIOUS_MONTHS = 6
"""Half a year before elections nothing changes (assumption)."""


class Style:
    """Takes the default of each question unless it has something else in mind for a field."""

    name = "style"
    looks_around = True
    """Whether public facts are to be in the view."""

    def answer(self, question: Question) -> Answer:
        """What is wished, as far as it fits; else the default."""
        return {field.name: _fitting(field, self.wish(question, field)) for field in question.fields}

    def wish(self, question: Question, field: Field) -> float | str | None:
        """What the style wants of a field; None: the default. A number out of bounds becomes the nearest bound."""
        return None


class OwnInterest(Style):
    """Takes the default of each question: what serves the own purse, within what was agreed."""

    name = "own_interest"
    looks_around = False

    def answer(self, question: Question) -> Answer:
        """The default."""
        return question.default()


class Regional(Style):
    """Weighs every purse as its own, opens the file as far as it may, and calls employers all over the region."""

    name = "regional"

    def wish(self, question: Question, field: Field) -> float | str | None:
        """Highest regard, widest sharing, no preference for employers at home; yes to what gains all together."""
        if field.name == "vote":
            return "yes" if float(question.view.get("gain_of_all", -1.0)) >= 0.0 else None
        return {"regard": 1.0, "file_share": 1.0, "home": 0.0, "shown": 1.0}.get(field.name)


class Reciprocal(Style):
    """Does as agreed while partners do; opens more when they do, withholds or leaves when they fall short.

    At the table it shows as much as the others showed it, if that is more than it would.
    """

    name = "reciprocal"

    def wish(self, question: Question, field: Field) -> float | str | None:
        """Withholds after a breach, leaves when most are in breach, opens or shows as much as partners did if more."""
        view = question.view
        if question.kind == "breach":
            return "withhold"
        if question.kind == "disclose" and isinstance(field, NumberField):
            return max(field.default, float(view.get("others_shown", 0.0)))
        if question.kind == "exit" and float(view.get("share_in_breach", 0.0)) > 0.5:
            return "give_notice"
        if field.name == "file_share" and isinstance(field, NumberField):
            return max(field.default, float(view.get("partners_file_share", field.default)))
        return None


class Cautious(Style):
    """Changes nothing in the half year before elections of its council; otherwise follows its own interest."""

    name = "cautious"

    def wish(self, question: Question, field: Field) -> float | str | None:
        """What it answered last, and no to every new text, when elections are near."""
        near = float(question.view.get("months_to_election", CAUTIOUS_MONTHS)) < CAUTIOUS_MONTHS
        if near and question.kind == "vote":
            return {"vote": "no", "interest": "council"}[field.name]
        return question.view.get(f"last_{field.name}") if near else None


class FollowCentre(Style):
    """Copies what the plan of the centre municipality says; decides itself where that plan says nothing."""

    name = "follow_centre"

    def wish(self, question: Question, field: Field) -> float | str | None:
        """What the centre answered last, as far as it is public."""
        return question.view.get(f"centre_{field.name}")


def _fitting(field: Field, wish: float | str | None) -> float | str:
    """A wish as an answer that fits: within bounds, one of the options, else the default."""
    if isinstance(field, ChoiceField):
        return str(wish) if wish in field.options else field.default
    return field.default if wish is None else min(max(float(wish), field.low), field.high)


STYLES: dict[str, Callable[[], Decider]] = {
    style.name: style for style in (OwnInterest, Regional, Reciprocal, Cautious, FollowCentre)
}
