"""What a Python program would take to send many mails: each alone, to the same server, timed.

    python mail_senders.py smtplib|smtplib-tls|aiosmtplib|flask-mail|django PORT NUMBER CONNECTIONS MAIL

`smtplib` and `aiosmtplib` send the bytes of the file MAIL, made beforehand; the other two render a
cached template and build the message for each receiver, as their users do. Prints mails a second.
"""

import asyncio
import smtplib
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import perf_counter

KIND, PORT, NUMBER, CONNECTIONS = sys.argv[1], *map(int, sys.argv[2:5])
WIRE = Path(sys.argv[5]).read_bytes()
PARAGRAPH = "Det händer mycket hos oss i höst, och vi vill gärna att du är med. " * 12
HTML = "<p>Hej {{ name }}!</p>" + f"<p>{PARAGRAPH}</p>{{{{ link }}}}" * 9
TEXT = "Hej {{ name }}!\n" + f"{PARAGRAPH[:300]}\n{{{{ link }}}}\n" * 9
EACH = NUMBER // CONNECTIONS


def in_threads(work: Callable[[], None]) -> None:
    threads = [Thread(target=work) for _ in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def with_smtplib() -> None:
    def work() -> None:
        with smtplib.SMTP("127.0.0.1", PORT, "bench.example") as host:
            if KIND.endswith("tls"):
                host.starttls(context=ssl.create_default_context())
            for _ in range(EACH):
                host.sendmail("news@sundmark.example", ["anna@post.example"], WIRE)

    in_threads(work)


def with_aiosmtplib() -> None:
    import aiosmtplib  # noqa: PLC0415 - a peer, in an environment of its own

    async def work() -> None:
        host = aiosmtplib.SMTP(
            hostname="127.0.0.1", port=PORT, start_tls=False, local_hostname="bench.example"
        )
        async with host:
            for _ in range(EACH):
                await host.sendmail("news@sundmark.example", ["anna@post.example"], WIRE)

    async def all_of_them() -> None:
        await asyncio.gather(*(work() for _ in range(CONNECTIONS)))

    asyncio.run(all_of_them())


def with_flask_mail() -> None:
    import flask  # noqa: PLC0415 - a peer
    import flask_mail  # noqa: PLC0415 - a peer

    app = flask.Flask(__name__)
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=PORT)
    mail = flask_mail.Mail(app)
    html, text = app.jinja_env.from_string(HTML), app.jinja_env.from_string(TEXT)

    def work() -> None:
        with app.app_context(), mail.connect() as host:
            for place in range(EACH):
                told = {"name": f"Anna{place}", "link": f"https://alumni.example/{place}"}
                message = flask_mail.Message("Nytt", ["anna@post.example"], text.render(told))
                message.html, message.sender = html.render(told), "news@sundmark.example"
                host.send(message)

    in_threads(work)


def with_django() -> None:
    import django  # noqa: PLC0415 - a peer, in an environment of its own
    from django.conf import settings  # noqa: PLC0415 - the same

    settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=PORT)
    django.setup()
    from django.core import mail  # noqa: PLC0415 - only after its set-up
    from jinja2 import Environment  # noqa: PLC0415 - a peer

    cached = Environment(autoescape=True)
    html, text = cached.from_string(HTML), cached.from_string(TEXT)

    def made(place: int) -> "mail.EmailMultiAlternatives":
        told = {"name": f"Anna{place}", "link": f"https://alumni.example/{place}"}
        one = mail.EmailMultiAlternatives(
            "Nytt", text.render(told), "news@sundmark.example", ["anna@post.example"]
        )
        one.attach_alternative(html.render(told), "text/html")
        return one

    def work() -> None:
        mail.get_connection().send_messages([made(place) for place in range(EACH)])

    in_threads(work)


SENDERS = {
    "smtplib": with_smtplib,
    "smtplib-tls": with_smtplib,
    "aiosmtplib": with_aiosmtplib,
    "flask-mail": with_flask_mail,
    "django": with_django,
}
start = perf_counter()
SENDERS[KIND]()
print(EACH * CONNECTIONS / (perf_counter() - start))  # noqa: T201 - what is asked for
