"""What happens to job seekers whoever helps them: jobs start and end, rights accrue and run out.

Used by the month of the model and by the cohort from which the first population is drawn (odd.md, Initialisation).
Each function works on the rows given and returns the rows to which something happened, so that the caller can count.
"""

import numpy as np

from sim.agents.seekers import ASSISTANCE, AWAY, GONE, NEVER, NONE, SETTLED, WORK, WW, Seekers
from sim.mechanisms import chance, entitlements, relapse
from sim.stages.moment import Moment

FIRST_MONTHS = 2
"""WW is higher in the first two months of a right (WW-2015 art. 47); a right that revives is past them."""
JOB_ENDS, CONTRACT_ENDS, SETTLES, RETURNS, RIGHT_ENDS = 0, 1, 2, 3, 4
LONG_OUT_MONTHS = 12
"""After more than a year without work someone no longer worked in four of the last five years (WW-2015 art. 42)."""
FORGET_MONTHS = 24
"""After two years at work a person belongs to the rest of the labour force, from which entrants come."""
_ASSISTANCE_OR_NONE = np.array([NONE, ASSISTANCE], dtype=np.int8)
_ASSISTANCE_OR_GONE = np.array([GONE, ASSISTANCE], dtype=np.int8)
"""Status of who fails and of who passes the means test."""


def due(seekers: Seekers, now: Moment) -> np.ndarray:
    """Ids whose job, absence or WW right ends this month."""
    return (seekers.col("event_month") == now.month).nonzero()[0]


def settle(seekers: Seekers, ids: np.ndarray) -> None:
    """People at work for two years leave the register."""
    seekers.status[ids] = SETTLED
    seekers.event_month[ids] = NEVER


def keep_or_lose(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Contracts that end this month: some stay on in an ordinary job. Returns the ids that lose the job."""
    placements = now.scenario.given.placements
    if not len(ids):
        return ids
    chances = relapse.keep_chances(placements.keep_share, placements.keep_months, placements.keep_open_ended)
    stays = now.draw("keep", ids) < chances[seekers.job_weeks[ids]]
    stay_on(seekers, ids[stays])
    return ids[~stays]


def lose_jobs(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Jobs that end: who meets the weeks test gets a WW right by the law of the month, others what is left or due.

    Returns the new status of each id.
    """
    if not len(ids):
        return np.zeros(0, dtype=np.int8)
    benefits = now.scenario.given.benefits
    months_worked = now.month - seekers.job_start[ids]
    contract, started = seekers.job_weeks[ids], seekers.job_week[ids]
    before = entitlements.shift_weeks(seekers.weeks[ids], started - seekers.weeks_at[ids], worked=False)
    bits = entitlements.shift_weeks(before, np.where(contract > 0, contract, now.week - started), worked=True)
    seekers.weeks[ids], seekers.weeks_at[ids] = bits, now.week
    history = seekers.history[ids] + (months_worked / 12.0).astype(np.float32)
    regular = seekers.four_of_five[ids] & (seekers.duration_kept[ids] <= LONG_OUT_MONTHS)
    seekers.history[ids], seekers.four_of_five[ids] = history, regular
    right = right_months(now, history, regular)
    meets = entitlements.weeks_worked(bits, benefits.ww_weeks_window) >= benefits.ww_weeks_needed
    meets &= right > 0
    rest = seekers.ww_rest[ids]
    revived = ~meets & (rest > 0)
    seekers.right_months[ids[meets]] = rest[meets] = right[meets]
    status = next_benefit(seekers, now, ids)
    status[meets | revived] = WW
    seekers.count_work(ids, -1)
    search_again(seekers, now, ids, months_worked)
    enter(seekers, now, ids, status, rest, ids[revived])
    return status


def search_again(seekers: Seekers, now: Moment, ids: np.ndarray, months_away: np.ndarray) -> None:
    """The months without work count on from where they stopped, as far as they are remembered."""
    kept = relapse.remembered(seekers.duration_kept[ids], months_away, now.scenario.given.people.duration_memory)
    seekers.since[ids] = now.month - kept


def right_months(now: Moment, history: np.ndarray, four_of_five: np.ndarray) -> np.ndarray:
    """WW months by the law of the month."""
    benefits, date = now.scenario.given.benefits, now.date
    cap, basic = benefits.ww_cap_months.at(date), benefits.ww_basic_months
    rights = entitlements.ww_rights(date.year, (date.month + 2) // 3, cap, basic, benefits.ww_new_accrual)
    years = np.minimum(history.astype(np.int64), entitlements.MOST_YEARS)
    return np.where(four_of_five, rights[years], basic)


def next_benefit(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Status of people without WW: social assistance when the household qualifies (or did before), else none."""
    return _ASSISTANCE_OR_NONE.take(qualifies(seekers, now, ids))


def qualifies(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """Who passes the means test; who came from social assistance passes again."""
    chances = now.assistance_chance
    household = seekers.single_no_means[ids] * chances.shape[1] + seekers.municipality[ids]
    return (seekers.means_draw[ids] < chances.take(household)) | seekers.from_assistance[ids]


def enter(
    seekers: Seekers, now: Moment, ids: np.ndarray, status: np.ndarray, left: np.ndarray, revived: np.ndarray
) -> None:
    """People enter a benefit (or none) and search again; on WW with `left` months, a `revived` right past its start."""
    seekers.status[ids] = status
    seekers.benefit_since[ids] = now.month
    seekers.benefit_since[revived] = now.month - FIRST_MONTHS
    seekers.event_month[ids] = np.where(status == WW, left + (now.month - 1), NEVER)
    seekers.event_kind[ids] = RIGHT_ENDS
    seekers.ww_rest[ids] = 0
    seekers.job_weeks[ids] = 0
    seekers.subsidy_cents[ids] = 0
    seekers.from_assistance[ids[status == ASSISTANCE]] = True
    seekers.entering.append(ids)


def come_back(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """People return after another exit: to WW that was left over or to social assistance; others stay away."""
    if not len(ids):
        return np.zeros(0, dtype=np.int8)
    rest = seekers.ww_rest[ids]
    has_left = rest > 0
    status = _ASSISTANCE_OR_GONE.take(qualifies(seekers, now, ids))
    status[has_left] = WW
    back = status != GONE
    leave(seekers, ids[~back])
    entering = ids[back]
    search_again(seekers, now, entering, now.month - seekers.job_start[entering])
    enter(seekers, now, entering, status[back], rest[back], ids[has_left])
    return status


def exhaust(seekers: Seekers, now: Moment, ids: np.ndarray) -> np.ndarray:
    """The right to WW of `ids` has run out; they move on. Returns their new status.

    Who works part-time then lives on that work, unless social assistance was there before. Help that runs, runs on.
    """
    if not len(ids):
        return np.zeros(0, dtype=np.int8)
    benefits = now.scenario.given.benefits
    on_benefit = now.month - seekers.benefit_since[ids]
    status = entitlements.after_ww(
        qualifies(seekers, now, ids),
        (now.clock_month - on_benefit - seekers.born[ids]) / 12.0,
        seekers.born[ids] // 12 - (now.clock.year - now.date.year),
        now.streams.uniform("ioaw", 0, ids),
        now.law_month,
        ioaw_age=benefits.ioaw_age,
        ioaw_born_before=benefits.ioaw_born_before,
        ioaw_share=benefits.ioaw_claim_share,
        iow_age=benefits.iow_age,
        iow_from=benefits.iow_from,
    )
    lives_on_work = seekers.part_time[ids] & ~seekers.from_assistance[ids]
    moving, benefit = ids[~lives_on_work], status[~lives_on_work]
    seekers.event_month[moving] = NEVER
    seekers.benefit_since[moving] = now.month
    seekers.status[moving] = benefit
    seekers.from_assistance[moving[benefit == ASSISTANCE]] = True
    seekers.move_files(moving)
    if np.count_nonzero(lives_on_work):
        start_jobs(seekers, now, ids[lives_on_work])
    return np.where(lives_on_work, WORK, status).astype(np.int8)


def retire(seekers: Seekers, now: Moment) -> np.ndarray:
    """Ids of those who seek and reach the pension age; they leave for good."""
    pension = round(12 * now.scenario.given.benefits.pension_age.at(now.date))
    slots = (seekers.files.born <= now.clock_month - pension).nonzero()[0]
    old = seekers.files.id[slots[seekers.files.benefit[slots] > 0]]
    if len(old):
        seekers.close_files(old)
        leave(seekers, old)
    return old


def leave(seekers: Seekers, ids: np.ndarray) -> None:
    """People leave for good; their rows stay."""
    seekers.status[ids] = GONE
    seekers.event_month[ids] = NEVER


def stop_seeking(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """People leave the files, for work or otherwise; what is left of the right of those on WW can revive."""
    seekers.ww_rest[ids] = np.where(seekers.status[ids] == WW, seekers.event_month[ids] - now.month, 0)
    seekers.close_files(ids)


def go_away(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """Other exits of people who stopped seeking: some come back after a while, others never."""
    people = now.scenario.given.people
    returns, waiting = now.streams.pieces("returns", now.month, ids, 2)
    comes_back = chance.even(returns) < people.other_exit_return_share
    months = chance.months_until(waiting, 1.0 / people.other_exit_return_months)
    seekers.status[ids] = np.where(comes_back, AWAY, GONE)
    seekers.event_month[ids] = np.where(comes_back, now.month + months, NEVER)
    seekers.job_start[ids] = now.month
    seekers.event_kind[ids] = RETURNS


def start_jobs(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """People go from seeking to an ordinary job; when it ends is drawn once a month for all (draw_job_ends)."""
    stop_seeking(seekers, now, ids)
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
    stability, length = now.streams.pieces("job", now.month, ids, 2)
    if now.scenario.given.mechanisms.relapse:
        unstable = chance.even(stability) < seekers.unstable[ids]
        months, sooner = (chance.months_until(length, p) for p in (people.job_end_stable, people.job_end_unstable))
        np.putmask(months, unstable, sooner)
    else:
        months = chance.months_until(length, 0.0)
    settles = months > FORGET_MONTHS
    seekers.event_month[ids] = now.month + np.where(settles, FORGET_MONTHS, months)
    seekers.event_kind[ids] = np.where(settles, SETTLES, JOB_ENDS)


def hire(seekers: Seekers, now: Moment, ids: np.ndarray) -> None:
    """What every start of work by people who stopped seeking has in common."""
    seekers.status[ids] = WORK
    seekers.job_week[ids] = now.week
    seekers.count_work(ids, +1)
    seekers.job_start[ids] = now.month


def start_contracts(seekers: Seekers, ids: np.ndarray, weeks: np.ndarray, ends: np.ndarray) -> None:
    """The job people start is a placement of `weeks` (0 is open-ended) that ends in the months `ends`."""
    seekers.job_weeks[ids] = weeks
    seekers.event_month[ids] = ends
    seekers.event_kind[ids] = CONTRACT_ENDS
