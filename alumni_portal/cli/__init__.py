"""The command line: `alumni-portal NOUN VERB`. Exit 0 done, 1 refused, 2 usage."""

import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from alumni_portal.app import create_app
from alumni_portal.cli import audit, consents, imports, serving
from alumni_portal.cli.bounces import bounces
from alumni_portal.cli.demo import demo as demo_commands
from alumni_portal.cli.exit_interviews import exit_interviews
from alumni_portal.cli.insights import insights
from alumni_portal.cli.mail import doctor, mail
from alumni_portal.cli.newsletters import newsletters
from alumni_portal.cli.population import population
from alumni_portal.cli.units import list_units
from alumni_portal.cli.users import users
from alumni_portal.core.settings import Settings, SettingsError
from alumni_portal.demo import install


def made_app() -> Flask:
    """Return the application that the commands work on."""
    settings = Settings.from_env()
    app = create_app(settings)
    if settings.is_demo:
        install(app)
    return app


@click.group(
    cls=FlaskGroup, create_app=made_app, add_version_option=False, add_default_commands=False
)
def group() -> None:
    """Alumni Portal."""


group.add_command(audit.audit)
group.add_command(bounces)
group.add_command(demo_commands)
group.add_command(doctor)
group.add_command(population)
group.add_command(consents.consents)
group.add_command(exit_interviews)
group.add_command(imports.leavers)
group.add_command(imports.staff)
group.add_command(imports.units)
group.add_command(serving.serve)
group.add_command(serving.worker)
group.add_command(serving.jobs)
imports.units.add_command(list_units)
group.add_command(insights)
group.add_command(mail)
group.add_command(newsletters)
group.add_command(users)


def main() -> None:
    """Run the command line; unsound settings end it with their reasons."""
    try:
        group()
    except SettingsError as error:
        for reason in error.reasons:
            click.echo(reason, err=True)
        sys.exit(2)
