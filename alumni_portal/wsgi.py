"""The door for application servers: `waitress-serve alumni_portal.wsgi:app`."""

from alumni_portal.app import create_app
from alumni_portal.core.settings import Settings
from alumni_portal.demo import install

_settings = Settings.from_env()
app = create_app(_settings)
if _settings.is_demo:
    install(app)
