"""The table of names: sure where a name means one country, unsure where it may mean several, nothing by likeness."""

import csv
from importlib.resources import files

import pytest

from friendshore.models.parsing.country_names import english, look_up, name_key

PACKAGE = files("friendshore.models.parsing.country_names")


def rows(name):
    return list(csv.DictReader((PACKAGE / name).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("South Korea", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("KOR", "KOR"),
        ("NGA", "NGA"),
        ("대한민국", "KOR"),
        ("한국", "KOR"),
        ("日本", "JPN"),
        ("ｊａｐａｎ", "JPN"),
        ("中国", "CHN"),
        ("中國", "CHN"),
        ("P.R. China", "CHN"),
        ("Taiwan", "TWN"),
        ("U.S.A.", "USA"),
        ("United  States", "USA"),
        ("US", "USA"),
        ("UK", "GBR"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Burma", "MMR"),
        ("DR Congo", "COD"),
        ("Congo, Rep.", "COG"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Russian Federation", "RUS"),
        ("Россия", "RUS"),
        ("Deutschland", "DEU"),
        ("Czechia", "CZE"),
        ("The Netherlands", "NLD"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("Nigeria", "NGA"),
        ("Niger", "NER"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Kosovo", "XKX"),
        ("Hong Kong SAR, China", "HKG"),
    ],
)
def test_sure_names(text, code):
    match = look_up(text)
    assert match is not None
    assert (match.codes, match.sure) == ((code,), True)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("Congo", {"COD", "COG"}),
        ("Republic of China", {"TWN", "CHN"}),
        ("ROC", {"TWN", "CHN"}),
        ("CH", {"CHE"}),
        ("IN", {"IND"}),
        ("GER", {"DEU"}),
        ("nga", {"RUS", "NGA"}),
        ("America", {"USA"}),
        ("England", {"GBR"}),
        ("Saint Martin", {"MAF", "SXM"}),
        ("Virgin Islands", {"VGB", "VIR"}),
    ],
)
def test_unsure_names(text, codes):
    match = look_up(text)
    assert match is not None
    assert set(match.codes) == codes
    assert not match.sure


@pytest.mark.parametrize(
    "text", ["", "Alia", "Corea", "Souht Korea", "republic of kenia", "kor", "Koreas of the world", "-"]
)
def test_what_is_only_like_a_name_is_not_known(text):
    assert look_up(text) is None


def test_the_table_contradicts_itself_nowhere():
    codes = {row["alpha3"] for row in rows("codes.csv")}
    assert len(codes) == 250
    assert {"EUU", "BUR", "DDR", "ZAR"}.isdisjoint(codes)  # unions and countries of old are none
    gathered = {}
    for row in rows("names.csv"):
        gathered.setdefault(name_key(row["name"]), set()).add(row["iso3"])
    assert set().union(*gathered.values()) == codes
    by_hand = [name_key(row["name"]) for row in rows("aliases.csv")]
    assert len(by_hand) == len(set(by_hand))
    for row in rows("aliases.csv"):
        meant = set(row["iso3"].split())
        assert meant <= codes, row
        assert row["sure"] in ("yes", "no")
        assert row["sure"] == "no" or len(meant) == 1, row
        assert row["name"] not in codes, row
        if row["sure"] == "yes":  # nobody overrules by hand what is gathered, but to make it unsure
            assert gathered.get(name_key(row["name"]), meant) == meant, row
    for key, meant in gathered.items():
        if len(meant) > 1:
            assert not look_up(key).sure


def test_every_english_name_and_code_means_its_country():
    for row in rows("codes.csv"):
        assert row["alpha3"] in look_up(row["name"]).codes
        assert look_up(row["alpha3"]).codes == (row["alpha3"],)
        assert english(row["alpha3"]) == row["name"]
    assert english("EU") == "EU"


def test_the_table_can_be_gathered_again():
    pytest.importorskip("babel", reason="Babel is needed only to gather the table anew")
    from friendshore.models.parsing.country_names.build import codes  # noqa: PLC0415

    assert {(row["alpha2"], row["alpha3"]) for row in rows("codes.csv")} == set(codes().items())
