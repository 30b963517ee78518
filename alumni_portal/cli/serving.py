"""Commands that keep the portal running: serve, worker, jobs."""

import json

import click
import waitress
from flask import current_app
from flask.cli import with_appcontext

from alumni_portal.core.jobs import book, run_due
from alumni_portal.core.jobs.running import Pool
from alumni_portal.core.transaction import unit

_OUR_APP = "_get_current_object"


def _pool(workers: int) -> Pool:
    return Pool(getattr(current_app, _OUR_APP)(), workers=workers)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Threads for background work.")
@with_appcontext
def serve(host: str, port: int, threads: int, workers: int) -> None:
    """Serve the portal and do its background work, in one process."""
    app = getattr(current_app, _OUR_APP)()
    pool = _pool(workers)
    pool.start()
    try:
        waitress.serve(app, host=host, port=port, threads=threads, ident=None)
    finally:
        pool.stop()


@click.command()
@click.option("--threads", default=2, show_default=True)
@with_appcontext
def worker(threads: int) -> None:
    """Do background work only, beside other processes that serve."""
    pool = _pool(threads)
    pool.start()
    try:
        pool.join()
    except KeyboardInterrupt:
        pool.stop()


@click.group()
def jobs() -> None:
    """Background work: run what is due, list, try again."""


@jobs.command("run-due")
@with_appcontext
def jobs_run_due() -> None:
    """Run what is due now and end (for cron)."""
    click.echo(f"{run_due()} jobs ran")


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def jobs_list(*, as_json: bool) -> None:
    """List the newest jobs, those that gave up first."""
    rows = [
        {
            "id": job.public_id,
            "name": job.name,
            "state": job.state.value,
            "attempts": job.attempts,
            "error": job.error,
        }
        for job in book.latest()
    ]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(
            f"{row['id']}  {row['state']:8} {row['attempts']:3} {row['name']} {row['error']}"
        )


@jobs.command("retry")
@click.argument("job_id")
@with_appcontext
def jobs_retry(job_id: str) -> None:
    """Give a job that gave up another round of tries."""
    with unit():
        job = book.find(job_id)
        if job is None:
            raise click.ClickException(f"there is no job {job_id}")
        book.retry(job)
