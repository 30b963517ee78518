"""Django's admin over the same people: what a list page, a search and a search with facets take.

Run by bench/search.py in an environment of its own: django_admin.py FOLDER; prints seconds as JSON.
FOLDER holds people.json, rows of
[id, name, headline, titles, skills, about, unit, city, level, year, skill ids].
"""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings

folder = Path(sys.argv[1])
database = folder / "django.sqlite3"
settings.configure(
    SECRET_KEY="bench",
    DEBUG=False,
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF="__main__",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
        "django.contrib.sessions", "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }],
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402

TEXTS = ["name", "headline", "titles", "skills", "about"]


class Person(models.Model):
    name = models.TextField(db_index=True)
    headline = models.TextField()
    titles = models.TextField()
    skills = models.TextField()
    about = models.TextField()
    unit = models.CharField(max_length=60, db_index=True)
    city = models.CharField(max_length=60, db_index=True)
    level = models.CharField(max_length=20, db_index=True)
    year = models.IntegerField(db_index=True)

    class Meta:
        app_label = "auth"


class PersonAdmin(admin.ModelAdmin):
    list_display = ["name", "headline", "unit", "city", "level"]
    list_filter = ["level", "unit", "city", "year"]
    search_fields = TEXTS
    list_per_page = 25


admin.site.register(Person, PersonAdmin)
urlpatterns = [path("admin/", admin.site.urls)]


def fill() -> None:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Person)
    names = [*TEXTS, "unit", "city", "level", "year"]
    rows = json.loads((folder / "people.json").read_text())
    Person.objects.bulk_create([Person(**dict(zip(names, row[1:]))) for row in rows], batch_size=500)
    User.objects.create_superuser("a", "a@people.example", "a")


def best_of(client: Client, address: str, times: int = 3) -> float:
    took = []
    for _ in range(times):
        begun = time.process_time()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        took.append(time.process_time() - begun)
    return min(took)


fill()
client = Client()
client.force_login(User.objects.get(username="a"))
words = sys.argv[2:]
base = "/admin/auth/person/"
print(json.dumps({
    "list": best_of(client, base),
    "search": [best_of(client, f"{base}?q={word}") for word in words],
    "facets": [best_of(client, f"{base}?q={word}&_facets=True") for word in words],
    "version": django.__version__,
}))
