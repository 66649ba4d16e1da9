"""What happens to job seekers whoever helps them: jobs end, rights accrue and run out, people search.

Used by the month of the model and by the cohort from which the first population is drawn (odd.md, Initialisation).
Each function works on the rows given and returns the rows to which something happened, so that the caller can count.
"""

import numpy as np

from sim.agents.seekers import (
    ASSISTANCE,
    AWAY,
    GONE,
    IOW,
    NEVER,
    NONE,
    SETTLED,
    WORK,
    WW,
    Seekers,
)
from sim.mechanisms import chance, entitlements, relapse, search
from sim.randomness import Floats, on_grid
from sim.stages.moment import Moment

FIRST_MONTHS = 2
"""WW is higher in the first two months of a right (WW-2015 art. 47); a right that revives is past them."""
JOB_ENDS, CONTRACT_ENDS, SETTLES, RETURNS = 0, 1, 2, 3
LONG_OUT_MONTHS = 12
"""After more than a year without work someone no longer worked in four of the last five years (WW-2015 art. 42)."""
FORGET_MONTHS = 24
"""After two years at work a person belongs to the rest of the labour force, from which entrants come."""


def due(seekers: Seekers, now: Moment) -> np.ndarray:
    """Ids whose job or absence ends this month."""
    return np.flatnonzero(seekers.col("event_month") == now.month)


def settle(seekers: Seekers, ids: np.ndarray) -> None:
    """People at work for two years leave the register."""
    seekers.change_status(ids, SETTLED)
    seekers.event_month[ids] = NEVER


def keep_or_lose(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Contracts that end this month: some stay on in an ordinary job. Returns the ids that lose the job."""
    placements = now.scenario.given.placements
    if not len(ids):
        return ids
    chance_to_stay = relapse.keep_chance(
        seekers.job_weeks[ids],
        share=placements.keep_share,
        months=placements.keep_months,
        open_ended=placements.keep_open_ended,
    )
    stays = now.draw("keep", ids) < chance_to_stay
    stay_on(seekers, ids[stays])
    return ids[~stays]


def lose_jobs(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Jobs that end: who meets the weeks test gets a WW right by the law of the month, others what is left or due.

    Returns the new status of each id.
    """
    benefits = now.scenario.given.benefits
    months_worked = now.month - seekers.job_start[ids]
    contract = seekers.job_weeks[ids].astype(np.int64)
    elapsed = now.week - seekers.weeks_at[ids]
    worked = np.where(contract > 0, contract, elapsed)
    bits = entitlements.shift_weeks(seekers.weeks[ids], worked, worked=True)
    seekers.weeks[ids], seekers.weeks_at[ids] = bits, now.week
    seekers.history[ids] += (months_worked / 12.0).astype(np.float32)
    seekers.four_of_five[ids] &= seekers.duration[ids] <= LONG_OUT_MONTHS
    seekers.duration[ids] = relapse.remembered(
        seekers.duration[ids], months_worked, now.scenario.given.people.duration_memory
    )
    right = right_months(now, seekers.history[ids], seekers.four_of_five[ids])
    meets = entitlements.weeks_worked(bits, benefits.ww_weeks_window) >= benefits.ww_weeks_needed
    meets &= right > 0
    revived = ~meets & (seekers.ww_left[ids] > 0)
    seekers.right_months[ids] = np.where(meets, right, seekers.right_months[ids])
    seekers.ww_left[ids] = np.where(meets, right, seekers.ww_left[ids])
    status = np.where(meets | revived, WW, next_benefit(seekers, now, ids)).astype(np.int8)
    enter(seekers, ids, status)
    seekers.on_benefit[ids[revived]] = FIRST_MONTHS
    return status


def right_months(now: Moment, history: np.ndarray, four_of_five: np.ndarray) -> np.ndarray:
    """WW months by the law of the month."""
    benefits = now.scenario.given.benefits
    return entitlements.ww_right_months(
        history.astype(np.float64),
        four_of_five,
        now.date,
        cap=benefits.ww_cap_months.at(now.date),
        basic=benefits.ww_basic_months,
        new_accrual=benefits.ww_new_accrual,
    )


def next_benefit(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Status of people without WW: social assistance when the household qualifies (or did before), else none."""
    return np.where(qualifies(seekers, now, ids), ASSISTANCE, NONE).astype(np.int8)


def qualifies(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Who passes the means test; who came from social assistance passes again."""
    chance_to = assistance_chance(now, seekers.single_no_means[ids], seekers.municipality[ids])
    return (seekers.means_draw[ids] < chance_to) | seekers.from_assistance[ids]


def assistance_chance(now: Moment, single_no_means: np.ndarray, municipality: np.ndarray) -> Floats:
    """Chance of social assistance at exhaustion, by household and municipality."""
    benefits, economy = now.scenario.given.benefits, now.scenario.given.economy
    tightness = search.tightness_factor(
        now.tightness, economy.tightness_reference, benefits.exhaust_tightness_elasticity
    )
    return entitlements.assistance_chance(
        single_no_means,
        chance=benefits.exhaust_to_assistance,
        factor=benefits.single_no_means_factor,
        single_share=benefits.single_no_means_share,
        tightness_factor=tightness,
        local=now.profiles.local_assistance[municipality],
    )


def mean_assistance_chance(now: Moment) -> Floats:
    """Chance of social assistance at exhaustion for a household one knows nothing of, by municipality."""
    households, benefits = np.arange(len(now.profiles.inhabitants)), now.scenario.given.benefits
    single = assistance_chance(now, np.ones(len(households), dtype=bool), households)
    other = assistance_chance(now, np.zeros(len(households), dtype=bool), households)
    return benefits.single_no_means_share * single + (1.0 - benefits.single_no_means_share) * other


def enter(seekers: Seekers, ids: np.ndarray, status: np.ndarray) -> None:
    """People enter a benefit (or none) and search again."""
    seekers.change_status(ids, status)
    seekers.desk[ids] = np.where((status == WW) | (status == IOW), seekers.uwv_desk, seekers.municipality[ids])
    seekers.on_benefit[ids] = 0
    seekers.part_time[ids] = False
    seekers.event_month[ids] = NEVER
    seekers.job_weeks[ids] = 0
    seekers.subsidy_cents[ids] = 0
    seekers.help_kind[ids] = seekers.help_lag[ids] = seekers.help_left[ids] = 0
    seekers.from_assistance[ids] |= status == ASSISTANCE


def come_back(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """People return after another exit: to WW that was left over or to social assistance; others stay away."""
    away = now.month - seekers.job_start[ids]
    seekers.duration[ids] = relapse.remembered(seekers.duration[ids], away, now.scenario.given.people.duration_memory)
    has_left = seekers.ww_left[ids] > 0
    status = np.where(has_left, WW, np.where(qualifies(seekers, now, ids), ASSISTANCE, GONE)).astype(np.int8)
    record_idle_weeks(seekers, now, ids)
    enter(seekers, ids, status)
    seekers.on_benefit[ids[has_left]] = FIRST_MONTHS
    return status


def record_idle_weeks(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """Bring the work record up to date after weeks without work."""
    elapsed = now.week - seekers.weeks_at[ids]
    seekers.weeks[ids] = entitlements.shift_weeks(seekers.weeks[ids], elapsed, worked=False)
    seekers.weeks_at[ids] = now.week


def exhaust(seekers: Seekers, now: Moment, on_ww: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One month of WW is used; who reaches the end moves on. Returns (ids, new status) of those.

    Who works part-time then lives on that work, unless social assistance was there before. Help that runs, runs on.
    """
    left = seekers.ww_left[on_ww] - 1
    seekers.ww_left[on_ww] = left
    ids = on_ww[left <= 0]
    benefits = now.scenario.given.benefits
    entry_age = (now.clock_month - seekers.on_benefit[ids] - seekers.born[ids]) / 12.0
    status = entitlements.after_ww(
        qualifies(seekers, now, ids),
        entry_age,
        seekers.born[ids] // 12 - (now.clock.year - now.date.year),
        now.streams.uniform("ioaw", 0, ids),
        now.date,
        ioaw_age=benefits.ioaw_age,
        ioaw_born_before=benefits.ioaw_born_before,
        ioaw_share=benefits.ioaw_claim_share,
        iow_age=benefits.iow_age,
        iow_from=benefits.iow_from,
    )
    lives_on_work = seekers.part_time[ids] & ~seekers.from_assistance[ids]
    seekers.ww_left[ids] = 0
    moving = ids[~lives_on_work]
    kept = {name: getattr(seekers, name)[moving] for name in ("part_time", "help_kind", "help_lag", "help_left")}
    enter(seekers, moving, status[~lives_on_work])
    for name, values in kept.items():
        getattr(seekers, name)[moving] = values
    if lives_on_work.any():
        start_jobs(seekers, now, ids[lives_on_work])
    return ids, np.where(lives_on_work, WORK, status).astype(np.int8)


def retire(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Ids that reach the pension age leave for good."""
    pension = round(12 * now.scenario.given.benefits.pension_age.at(now.date))
    old = ids[now.clock_month - seekers.born[ids] >= pension]
    leave(seekers, old)
    return old


def leave(seekers: Seekers, ids: np.ndarray) -> None:
    """People leave for good; their rows stay."""
    seekers.change_status(ids, GONE)
    seekers.part_time[ids] = False
    seekers.event_month[ids] = NEVER


def go_away(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """Other exits: some come back after a while, others never."""
    people = now.scenario.given.people
    leave(seekers, ids)
    returns, waiting = chance.traits(now.streams.pieces("returns", now.month, ids, 2), normal=0)
    comes_back = returns < people.other_exit_return_share
    back = ids[comes_back]
    monthly = np.full(len(back), 1.0 / people.other_exit_return_months)
    months = chance.months_until(waiting[comes_back], monthly)
    seekers.change_status(back, AWAY)
    seekers.job_start[back] = now.month
    seekers.event_month[back] = now.month + months
    seekers.event_kind[back] = RETURNS


def start_jobs(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """People start an ordinary job; when it ends is drawn once a month for all (draw_job_ends)."""
    hire(seekers, now, ids)
    stay_on(seekers, ids)


def stay_on(seekers: Seekers, ids: np.ndarray) -> None:
    """People go on in an ordinary job; its end is drawn at the end of the month."""
    seekers.job_weeks[ids] = 0
    seekers.subsidy_cents[ids] = 0
    seekers.event_month[ids] = NEVER
    seekers.starting.append(ids)


def draw_job_ends(seekers: Seekers, now: Moment) -> None:
    """When the ordinary jobs that started this month end, by the person; lasting ones leave the register instead."""
    ids = np.concatenate(seekers.starting) if seekers.starting else np.zeros(0, dtype=np.int64)
    seekers.starting.clear()
    people = now.scenario.given.people
    if not len(ids):
        return
    stability, length = chance.traits(now.streams.pieces("job", now.month, ids, 2), normal=0)
    log_chance = np.log(np.maximum(seekers.employability[ids].astype(np.float64), 1e-6))
    shaky = relapse.unstable_chance(log_chance, share=people.unstable_share, slope=people.unstable_slope)
    end = np.where(stability < on_grid(shaky), people.job_end_unstable, people.job_end_stable)
    end = end if now.scenario.given.mechanisms.relapse else np.zeros(len(ids))
    months = chance.months_until(length, end)
    settles = months > FORGET_MONTHS
    seekers.event_month[ids] = now.month + np.where(settles, FORGET_MONTHS, months)
    seekers.event_kind[ids] = np.where(settles, SETTLES, JOB_ENDS)


def hire(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """What every start of work has in common."""
    record_idle_weeks(seekers, now, ids)
    seekers.change_status(ids, WORK)
    seekers.part_time[ids] = False
    seekers.job_start[ids] = now.month
    seekers.help_kind[ids] = seekers.help_lag[ids] = seekers.help_left[ids] = 0


def start_contracts(seekers: Seekers, now: Moment, ids: np.ndarray, weeks: np.ndarray, ends: np.ndarray) -> None:
    """People start a placement of `weeks` (0 is open-ended) that ends in the months `ends`."""
    hire(seekers, now, ids)
    seekers.job_weeks[ids] = weeks
    seekers.event_month[ids] = ends
    seekers.event_kind[ids] = CONTRACT_ENDS


def chances(
    seekers: Seekers, now: Moment, ids: np.ndarray, multiplier: Floats | float
) -> tuple[Floats, Floats, Floats]:
    """Monthly chances of work, of another exit, and of part-time work starting or ending, for the ids."""
    people, profiles = now.scenario.given.people, now.profiles
    duration = np.minimum(seekers.duration[ids], search.LONGEST)
    person = profiles.work[duration] * seekers.search_factor[ids]
    work = np.minimum(0.6, person * (now.work_factor * multiplier))
    other = profiles.other[duration]
    other[seekers.status[ids] == NONE] = people.no_benefit_exit_chance
    if not now.scenario.given.mechanisms.part_time:
        return work, other, np.zeros(len(ids))
    start = people.part_time_start_chance / max(people.work_chance_start, 1e-9) * now.part_time_factor
    part_time = np.minimum(0.3, start * person)
    part_time[seekers.part_time[ids]] = people.part_time_end_chance
    return work, other, part_time


def age_one_month(seekers: Seekers, ids: np.ndarray) -> None:
    """Those still searching are a month further; help runs on."""
    seekers.duration[ids] += 1
    seekers.on_benefit[ids] += 1
    helped = ids[seekers.help_kind[ids] > 0]
    lag = seekers.help_lag[helped]
    left = seekers.help_left[helped] - (lag == 0)
    seekers.help_lag[helped] = np.maximum(0, lag - 1)
    seekers.help_left[helped] = left
    seekers.help_kind[helped[left <= 0]] = 0
