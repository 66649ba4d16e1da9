"""Made-up regions: the same for the same order, by the ratios of the country, in order for the reader of scenarios."""

from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.cli import main
from sim.randomness import Streams
from sim.scenario import national
from sim.scenario.generator import Order, Uniform, fitted_sizes, lognormal_sizes, made_region
from sim.scenario.names import BACKS, FRONTS, place_names
from sim.scenario.reading import check, load
from sim.scenario.region import Region

ROOT = Path(__file__).resolve().parents[1]
COUNTRY = ["scenario", "new", "nederland_2015", "--country", "--start", "2015-01", "--seed", "2015"]
"""What docs/sources.md says the file of the country was made with."""


def uniform(seed: int) -> Uniform:
    streams = Streams(seed)

    def draw(purpose: str, number: int) -> Sequence[float]:
        return streams.uniform(purpose, 0, np.arange(number)).tolist()  # type: ignore[no-any-return]

    return draw


def region(seed: int = 1, **asked: object) -> Region:
    return made_region(Order("Proef", **asked), uniform(seed))  # type: ignore[arg-type]


def regiotafel(*arguments: str) -> int:
    """Exit status of the command line."""
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--lang", "en"])
    return int(left.value.code or 0)


def test_the_file_of_the_country_is_what_the_documented_command_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert regiotafel(*COUNTRY) == 0
    made = (tmp_path / "nederland_2015.yaml").read_bytes()
    assert made == (ROOT / "scenarios" / "nederland_2015.yaml").read_bytes(), "make it again with the command above"
    assert " ".join(COUNTRY) in (ROOT / "docs" / "sources.md").read_text("utf-8")


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**62), municipalities=st.integers(1, 60), regions=st.integers(1, 5),
    share=st.sampled_from([0.0, 0.25, 0.6]), total=st.none() | st.integers(200_000, 1_900_000),
    start=st.sampled_from(["2008-01", "2012-06", "2017-01", "2024-12"]),
)  # fmt: skip
def test_every_region_has_what_was_asked(
    seed: int, municipalities: int, regions: int, share: float, total: int | None, start: str
) -> None:
    regions = max(1, min(regions, municipalities // 8))
    share = share if municipalities >= 8 else 0.0
    made = region(
        seed, municipalities=municipalities, regions=regions, centre_share=share, inhabitants=total, start=start
    )
    towns = made.municipalities
    assert len(towns) == municipalities and all(m.illustrative for m in towns)
    assert total in (None, made.inhabitants)
    assert min(m.inhabitants for m in towns) >= 900
    assert len({m.labour_market_region for m in towns}) == regions
    assert {m.labour_market_region for m in towns} == {""} or regions > 1
    assert made.ww_recipients == round(made.inhabitants * national.ww_share(start))
    assert all(0 < m.assistance_households < 0.1 * m.inhabitants for m in towns)


def test_the_same_order_gives_the_same_region_and_another_seed_another() -> None:
    assert region(1) == region(1)
    assert region(1) != region(2)


@pytest.mark.parametrize("share", [0.25, 0.4, 0.7])
def test_the_centre_has_its_share_lies_in_the_middle_and_nobody_is_larger(share: float) -> None:
    made = region(4, municipalities=12, centre_share=share, inhabitants=500_000)
    centre = max(made.municipalities, key=lambda m: m.inhabitants)
    assert centre.inhabitants / made.inhabitants == pytest.approx(share, abs=0.002)
    rows, columns = ([getattr(m, side) for m in made.municipalities] for side in ("row", "column"))
    assert abs(centre.row - (max(rows) + min(rows)) / 2) <= 0.5
    assert abs(centre.column - (max(columns) + min(columns)) / 2) <= 0.5


def test_without_a_centre_sizes_fall_as_in_the_country() -> None:
    sizes = lognormal_sizes(380, 29_000, uniform(1))
    assert median(sizes) == pytest.approx(29_000, rel=0.03)
    assert mean(sizes) == pytest.approx(45_000, rel=0.1), "mean of 2018: about 45 thousand (CBS)"
    below = [sum(size < edge for size in sizes) / len(sizes) for edge in (10_000, 20_000, 50_000, 100_000)]
    assert below == pytest.approx([0.06, 0.26, 0.77, 0.91], abs=0.08)


def test_larger_municipalities_have_more_people_on_assistance() -> None:
    towns = sorted(region(3, municipalities=60).municipalities, key=lambda m: m.inhabitants)
    small, large = (
        sum(m.assistance_households for m in part) / sum(m.inhabitants for m in part)
        for part in (towns[:20], towns[-10:])
    )
    assert large > 1.5 * small


def test_assistance_follows_the_country_through_the_years() -> None:
    households = [
        sum(m.assistance_households for m in region(3, municipalities=100, start=start).municipalities)
        for start in ("2009-01", "2012-01", "2017-01")
    ]
    ratio = [households[k] / households[0] for k in (1, 2)]
    assert ratio == pytest.approx([316 / 273, 395 / 273], rel=0.02)


@pytest.mark.parametrize(
    ("month", "share"), [("2010-01", 269.9 / 16_567), ("2012-01", 269.9 / 16_700), ("2015-01", 440.8 / 16_900)]
)
def test_ww_is_the_national_ratio_of_the_start(month: str, share: float) -> None:
    assert national.ww_share(month) == pytest.approx(share, rel=1e-3)


def test_the_country_counts_its_municipalities() -> None:
    assert (len(national.COUNTRY), sum(r.municipalities for r in national.COUNTRY)) == (35, 397)
    assert len({(r.row, r.column) for r in national.COUNTRY}) == 35


def test_sizes_are_fitted_within_their_limits() -> None:
    fitted = fitted_sizes([5_000.0, 20_000.0, 80_000.0], 60_000, 4_000, 30_000)
    assert sum(fitted) == 60_000 and min(fitted) >= 4_000 and max(fitted) <= 30_000


def test_names_are_never_given_twice() -> None:
    most = len(FRONTS) * len(BACKS)
    assert len(set(place_names(most, uniform(1)))) == most
    assert len({name[:4] for name in place_names(14, uniform(1))}) == 14
    with pytest.raises(ValueError, match="at most 960 names, found 961"):
        place_names(most + 1, uniform(1))


@pytest.mark.parametrize(
    "options",
    [
        [], ["--municipalities", "1"], ["--municipalities", "2", "--centre-share", "0.5"],
        ["--municipalities", "40", "--regions", "4", "--start", "2020-07"], ["--centre-share", "0"],
        ["--inhabitants", "509001", "--seed", "7"], ["--extends", "regio_zwolle_2017_alone", "--start", "2012-01"],
    ],
)  # fmt: skip
def test_what_is_made_is_a_scenario_in_order_that_says_how_to_make_it_again(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert regiotafel("scenario", "new", "proef_2017", *options) == 0
    path = tmp_path / "proef_2017.yaml"
    assert check(path) == [] and "proef_2017.yaml" in capsys.readouterr().out
    scenario = load(path)
    assert scenario.name == "proef_2017" and scenario.given.region.is_illustrative
    assert "verzonnen" in scenario.note.nl and "made-up" in scenario.note.en
    first = path.read_text("utf-8")
    command = first.replace("\n# ", " ").partition("Made by: ")[2].partition(" Sizes:")[0].split()
    path.unlink()
    assert regiotafel(*command) == 0
    assert path.read_text("utf-8") == first


def test_a_region_goes_among_the_scenarios_of_the_folder_and_is_then_known_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").mkdir()
    assert regiotafel("scenario", "new", "proef") == 0
    assert load("proef").given.region.name == "Proef"


def test_nothing_is_written_over_unless_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "proef.yaml"
    path.write_text("mine", encoding="utf-8")
    assert regiotafel("scenario", "new", "proef") == 2
    assert path.read_text("utf-8") == "mine" and "--force" in capsys.readouterr().err
    assert regiotafel("scenario", "new", "proef", "--force") == 0
    assert check(path) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["Mijn Regio"], "such as mijn_regio"),
        (["proef", "--municipalities", "0"], "--municipalities 0 cannot be: expected a whole number from 1 to 400"),
        (["proef", "--municipalities", "401"], "from 1 to 400"),
        (["proef", "--regions", "15"], "--regions 15 cannot be: expected a whole number from 1 to 14"),
        (["proef", "--seed", "-1"], "--seed -1"),
        (["proef", "--start", "2017"], "--start 2017 cannot be: expected a month"),
        (["proef", "--start", "2007-12"], "from 2008-01"),
        (["proef", "--centre-share", "0.01"], "--centre-share 0.01 cannot be: expected 0 (no centre) or a share from"),
        (["proef", "--centre-share", "0.07"], "from 0.072 to 0.9"),
        (["proef", "--municipalities", "400", "--centre-share", "0.6"], "a centre of more than two million"),
        (["proef", "--centre-share", "1"], "to 0.9"),
        (["proef", "--centre-share", "nan"], "--centre-share nan"),
        (["proef", "--inhabitants", "5000"], "--inhabitants 5000 cannot be: expected a whole number from"),
        (["proef", "--inhabitants", "99000000"], "--inhabitants 99000000"),
        (["proef", "--extends", "regio_zwole_2017"], 'did you mean "regio_zwolle_2017"?'),
        (["proef", "--extends", "regio_zwolle_2017/x"], "extends"),
        (["proef", "--extends", "drechtsteden_2012"], "a municipality of the region, or UWV"),
        (["proef", "--out", "proef.txt"], "ends in .yaml"),
        (["proef", "--out", "nowhere/proef.yaml"], "There is no folder nowhere"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(
    options: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert regiotafel("scenario", "new", *options) == 2
    told = capsys.readouterr()
    assert said in told.err and "Traceback" not in told.err and told.out == ""
    assert list(tmp_path.iterdir()) == []
