"""Names of invented people: Swedish as they are today, from many places."""

import re
from random import Random

from alumni_portal.core.text import normalise

_FIRST = (
    "Maria Anna Karin Eva Lena Kerstin Sara Emma Johanna Elin Linnéa Ida Sofia Malin Jenny Camilla"
    " Annika Ingrid Birgitta Ulla Åsa Agneta Gunilla Helena Monica Susanne Hanna Frida Matilda Ebba"
    " Maja Alva Wilma Märta Signe Astrid Amira Farah Leila Zahra Nour Yasmin Aino Siobhán Chloé"
    " Zofia Agnieszka Ngọc Mei Priya Fatou Björk Gyða Sólveig Anneli Marianne Ann-Sofie Britt-Marie"
    " Eva-Lena Lars Mikael Anders Johan Per Erik Karl Peter Thomas Jan Daniel Fredrik Andreas Hans"
    " Magnus Mats Stefan Björn Jonas Henrik Oskar Viktor Gustav Axel Emil Anton Filip Ludvig Hugo"
    " Nils Olle Göran Bengt Åke Örjan Per-Åke Lars-Erik Carl-Johan Mehmet Ali Omar Yusuf Hassan"
    " Mohammed Dawit Tesfaye Luka Goran Nikola Jovan Piotr Paweł Sean Pádraig José João Matti Jukka"
    " Sigurður Ragnar Søren Håkon Bjørn Nguyễn Wei Raj Aarav Ivan Mykola"
)
_LAST = (
    "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson"
    " Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson"
    " Lindström Lindqvist Lindgren Axelsson Berg Bergström Lundberg Lind Lundgren Lundqvist"
    " Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin"
    " Engström Eklund Danielsson"
    " Lundin Håkansson Björk Bergman Gunnarsson Wikström Holm Fransson Samuelsson Isaksson"
    " Bergqvist Arvidsson Nyström Holmberg Löfgren Söderberg Nyberg Blomqvist"
    " Claesson Nordström Mårtensson"
    " Lundström Eliasson Pålsson Björklund Viklund Berggren Sandström Nordin Hermansson Ström Åberg"
    " Ekström Hedlund Öberg Åkesson Dahlgren Sjögren Ahlström Öhman Åkerström Ängqvist Österberg"
    " Haddad Mohammadi Yılmaz Kovačević Nowak Wiśniewska Þórsson Jónsdóttir O'Leary O'Brien García"
    " Fernández Silva Nguyen Chen Patel Diallo Tesfaye Korhonen Virtanen Mäkinen Sørensen Hansen"
    " Ødegård Petrović Horvat Öztürk Şahin Al-Khatib Hussein Ahmadi Kaplan Schmidt Müller Dubois"
)
FIRST, LAST = tuple(_FIRST.split()), tuple(_LAST.split())
OLD_HOUSES = ("af Klint", "von Rosen", "de la Gardie", "af Ekenstam", "von Essen", "van der Berg")
HOSTS = ("post.example", "brev.example", "hemma.example", "mejl.example", "familj.example")

_UNFIT = re.compile(r"[^a-z0-9]+")


def full_name(chance: Random) -> tuple[str, str]:
    """Return first and last name; one in six has two last names, a few an old house's."""
    first = chance.choice(FIRST)
    roll = chance.random()
    if roll < 0.02:
        return first, chance.choice(OLD_HOUSES)
    if roll < 0.16:
        one, other = chance.sample(LAST, 2)
        return first, f"{one} {other}" if roll < 0.08 else f"{one}-{other}"
    return first, chance.choice(LAST)


def mailbox(first: str, last: str, number: int = 0) -> str:
    """Return the part of an address before the @: plain letters, a number when taken."""
    name = ".".join(_UNFIT.sub("-", normalise(part)).strip("-") for part in (first, last))
    return f"{name}{number}" if number else name


def phone(chance: Random) -> str:
    """Return a number from the range that is kept free for fiction (PTS: 070-174 06 05–99)."""
    return f"070-174 06 {chance.randrange(5, 100):02d}"
