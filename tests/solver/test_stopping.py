"""A search that is stopped keeps its plan, and says why it ended and how far from proven it is."""

import itertools
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from friendshore.optimizer.solver import polish, solve_program
from tests.run import program
from tests.solver.programs import dense_lp, market_split, set_cover

ROOT = Path(__file__).parents[2]


def test_a_time_limit_returns_the_best_plan_and_its_gap():
    cover = set_cover()
    started = time.monotonic()
    answer = solve_program(cover, gap=0.0, time_limit=1.5)
    assert time.monotonic() - started < 6
    assert (answer.status, answer.stopped) == ("feasible", "time limit")
    assert cover.violation(answer.columns) <= 1e-6
    assert answer.bound < answer.objective == pytest.approx(cover.objective(answer.columns))
    assert answer.gap == pytest.approx((answer.objective - answer.bound) / answer.objective)
    polished = polish(cover, answer)
    assert (polished.status, polished.stopped, polished.bound) == ("feasible", "time limit", answer.bound)


def test_a_time_limit_before_any_plan_is_no_plan():
    answer = solve_program(market_split(), time_limit=0.5)
    assert (answer.status, answer.stopped) == ("no_plan", "time limit")
    assert answer.columns is None and answer.objective is None and answer.gap is None


def test_an_lp_cut_short_is_no_plan():
    answer = solve_program(dense_lp(), time_limit=0.3)
    assert (answer.status, answer.stopped) == ("no_plan", "time limit")


def test_the_caller_may_ask_to_stop():
    asked = threading.Event()
    threading.Timer(0.8, asked.set).start()
    answer = solve_program(set_cover(), gap=0.0, interrupt=asked.is_set)
    assert (answer.status, answer.stopped) == ("feasible", "interrupted")


def test_a_bound_that_is_enough_ends_a_search_at_the_same_place_in_every_run():
    """The bound of the set cover climbs slowly: 99 % of what a second and a half prove is met before the end."""
    cover = set_cover()
    best = solve_program(cover, gap=0.0, time_limit=1.5)
    first, second = (solve_program(cover, gap=0.0, enough_bound=0.99 * best.bound) for _ in range(2))
    assert first.stopped == second.stopped == "interrupted"
    assert 0.99 * best.bound <= first.bound == second.bound < best.objective
    assert first.objective == second.objective and (first.columns == second.columns).all()


def test_progress_tells_best_bound_and_gap_at_most_five_times_a_second():
    heard = []
    solve_program(set_cover(), gap=0.0, time_limit=2, on_progress=heard.append)
    assert 3 <= len(heard) <= 12
    last = heard[-1]
    assert last.phase == "solve" and last.bound < last.objective
    assert last.gap == pytest.approx((last.objective - last.bound) / last.objective)
    times = [progress.seconds for progress in heard]
    assert all(later - sooner >= 0.19 for sooner, later in itertools.pairwise(times))


def test_progress_goes_on_while_an_lp_says_nothing():
    heard = []
    solve_program(dense_lp(), time_limit=1.2, on_progress=heard.append)
    assert len(heard) >= 3 and (heard[-1].objective, heard[-1].bound, heard[-1].gap) == (None, None, None)


def test_programs_may_be_solved_side_by_side_and_outside_the_main_thread():
    answers = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(solve_program(set_cover(60, 120), threads=n)))
        for n in (1, 2, 3, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.objective for answer in answers}) == 1 and len(answers) == 4


def test_the_handlers_of_the_caller_are_put_back():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    solve_program(set_cover(20, 30))
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def run_and_signal(name, *numbers, wait_for="plan"):
    process = subprocess.Popen(  # noqa: S603 - our own script
        program("tests.solver.interrupted", name, wait_for), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "running"
    for number in numbers:
        process.send_signal(number)
        time.sleep(0.3)
    output, _ = process.communicate(timeout=60)
    return process.returncode, output.strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_keeps_the_plan(number):
    code, line = run_and_signal("cover", number)
    status, stopped, objective, gap, worst, left = line.split("|")
    assert (code, status, stopped, left) == (0, "feasible", "interrupted", "False")
    assert float(objective) > 0 and 0 < float(gap) < 1 and float(worst) <= 1e-9


def test_a_signal_before_any_plan():
    code, line = run_and_signal("split", signal.SIGINT, wait_for="any")
    assert code == 0 and line.startswith("no_plan|interrupted|None|None|None")


def test_a_signal_in_an_lp_ends_it_before_its_optimum():
    code, line = run_and_signal("lp", signal.SIGTERM, wait_for="any")
    assert code == 0 and line.startswith("no_plan|interrupted")


def test_a_signal_in_the_first_lp_of_a_search_takes_the_plan_told_so_far():
    """HiGHS 1.16 does not listen there; the plan its heuristics found before is kept all the same."""
    code, line = run_and_signal("first lp", signal.SIGINT)
    status, stopped, _objective, _gap, worst, _left = line.split("|")
    assert (code, status, stopped) == (0, "feasible", "interrupted") and float(worst) <= 1e-9


def test_a_second_signal_abandons():
    assert run_and_signal("first lp", signal.SIGINT, signal.SIGINT) == (130, "abandoned")


def test_nothing_but_ours_is_written_to_stdout():
    script = (
        f"import sys; sys.path.append({str(ROOT)!r});"
        "from tests.solver.programs import two_suppliers;"
        "from friendshore.optimizer.solver import solve_program, solve_lp;"
        "solve_program(two_suppliers([True, True])); solve_lp(two_suppliers())"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603 - our own script
    assert done.stdout == b"" and done.stderr == b""
