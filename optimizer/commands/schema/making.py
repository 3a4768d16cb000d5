"""How a plan was made, as ``friendshore solve --json`` tells it: certificate, size, seconds, provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Record

if TYPE_CHECKING:
    from friendshore.models.plan import Outcome, Plan, Run


class CertificateFigures(Record, frozen=True):
    """What recomputing the plan outside the solver found."""

    max_violation: Annotated[
        float | None, Meta(description="Worst violation of any constraint, relative to the size of its terms.")
    ]
    objective_difference: Annotated[
        float | None, Meta(description="Relative difference between the objective recomputed and reported.")
    ]
    dual_bound: Annotated[
        float | None,
        Meta(
            description="Lower bound of the objective that prices of rows prove by weak duality, recomputed outside "
            "the solver; what bound has beyond it is the solver's word. null: not worked out."
        ),
    ]


class ModelSize(Record, frozen=True):
    """How large the model is; null: it was not built."""

    rows: Annotated[int | None, Meta(description="Rows.")]
    columns: Annotated[int | None, Meta(description="Columns.")]
    integers: Annotated[int | None, Meta(description="Columns that take whole numbers.")]
    nonzeros: Annotated[int | None, Meta(description="Nonzeros of the matrix.")]
    nodes: Annotated[int | None, Meta(description="Nodes of the scenario tree.")]
    scenarios: Annotated[int | None, Meta(description="Paths of the scenario tree, the base path among them.")]


class PhaseSeconds(Record, frozen=True):
    """Elapsed time by phase; null: the phase was not reached."""

    read: Annotated[float | None, Meta(description="Reading the workbook, in seconds.")]
    build: Annotated[float | None, Meta(description="Building the model, in seconds.")]
    solve: Annotated[float | None, Meta(description="All between building and writing, in seconds.")]
    write: Annotated[float | None, Meta(description="Writing plan and page, in seconds.")]
    total: Annotated[float | None, Meta(description="The whole command, in seconds.")]


class Provenance(Record, frozen=True):
    """What a plan was made from, and how: with these it can be made again (``friendshore replay``)."""

    input: Annotated[str | None, Meta(description="SHA-256 of the workbook, in hexadecimal; null: there is no plan.")]
    versions: Annotated[dict[str, str], Meta(description="Versions of friendshore, Python and the libraries.")]
    gap: Annotated[float | None, Meta(description="Relative gap asked for; null: nothing was solved.")]
    time_limit: Annotated[float | None, Meta(description="Longest search asked for, in seconds; null: no limit.")]
    threads: Annotated[int | None, Meta(description="Threads of the solver; null: its own choice.")]
    seed: Annotated[int | None, Meta(description="Random seed of the solver; null: nothing was solved.")]
    method: Annotated[str | None, Meta(description="Method asked for; null: nothing was solved.")]
    begun: Annotated[bool, Meta(description="Whether the search began from what an earlier run had learnt (--from).")]


def certificate_of(plan: Plan) -> CertificateFigures | None:
    """What recomputing the plan has found; None where it was not recomputed."""
    certificate = plan.certificate
    if certificate is None:
        return None
    return CertificateFigures(
        max_violation=certificate.max_violation,
        objective_difference=certificate.objective_difference,
        dual_bound=plan.run.dual_bound,
    )


def size_of(run: Run) -> ModelSize:
    """How large the model was."""
    return ModelSize(**vars(run.size))


def provenance_of(outcome: Outcome) -> Provenance:
    """What an outcome was made from, and how it was asked for."""
    run, asked = outcome.run, outcome.run.options
    return Provenance(
        input=(outcome.plan.problem.digest or None) if outcome.plan else None,
        versions=dict(run.versions),
        gap=asked.gap if asked else None,
        time_limit=asked.time_limit if asked else None,
        threads=asked.threads if asked else None,
        seed=asked.seed if asked else None,
        method=asked.method if asked else None,
        begun=asked.begun if asked else False,
    )


def seconds_of(run: Run) -> PhaseSeconds:
    """The five times; whatever stands between build and write (search, polish, certificate) counts as solve."""
    known = dict(run.seconds)
    solving = [value for name, value in known.items() if name not in {"read", "build", "write", "total"}]
    return PhaseSeconds(
        read=known.get("read"),
        build=known.get("build"),
        solve=sum(solving) if solving else None,
        write=known.get("write"),
        total=known.get("total"),
    )
