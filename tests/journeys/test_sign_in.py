"""The shortest story: somebody signs in by mailed link, and out again."""

from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


def test_an_alumnus_signs_in_by_mailed_link_and_out_again(
    browser: Browser, make: Make, outbox: Outbox
) -> None:
    make.alumnus("Amira Haddad", private="amira@post.example")
    page = browser.get("accounts.sign_in").submit(
        "Skicka inloggningslänk", email=" Amira@Post.example"
    )
    assert page.heading == "Kolla mejlen"
    page = browser.go(outbox.last("amira@post.example").link).submit("Logga in")
    assert page.address == "/home"
    page = page.submit("Logga ut")
    assert page.heading == "Logga in"
