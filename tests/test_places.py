"""Places: names with and without proclitics, parts, second mentions, what is no place; the gazetteer's tables."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.claims import places
from tawatur.claims.places import PlaceHit
from tawatur.claims.tokens import tokenise
from tawatur.errors import PackError
from tawatur.lang import gazetteer, load
from tawatur.lang.gazetteer import Gazetteer, Site

PACK = load()
ROOT = Path(__file__).resolve().parents[1]


def found(text: str, hint: str | None = None) -> list[PlaceHit]:
    return places.find(tokenise(text, PACK.lexicon), PACK, hint)


def texts(text: str) -> list[str]:
    return [hit.text for hit in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سقطت قذائف على مدينة درعا", ["مدينة درعا"]),
        ("سقطت قذائف بدرعا ودوما", ["درعا", "دوما"]),
        ("اشتباكات في محيط مطار التيفور العسكري", ["محيط مطار التيفور العسكري"]),
        ("غارات على ريف حماة الشمالي", ["ريف حماة الشمالي"]),
        ("نقلوا إلى مخيم الهول في محافظة الحسكة", ["مخيم الهول في محافظة الحسكة"]),
        ("غادروا مدينة عين العرب (كوباني) ليلاً", ["مدينة عين العرب (كوباني)"]),
        ("انفجار شمال شرقي بغداد", ["شمال شرقي بغداد"]),
        ("قصف على الفلوجة ومحيطها", ["الفلوجة ومحيطها"]),
        ("انفجر لغم في قرية القنبوسية صباحاً", ["قرية القنبوسية"]),
        ("اجتمع محافظ حمص مع قائد الجيش", []),
        ("رفضت تركيا العرض", []),
        ("قُتل ثلاثون مدنياً بقصف", []),
    ],
)
def test_places_are_taken_as_written(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_place_has_the_coordinates_of_the_gazetteer() -> None:
    (hit,) = found("قتل ثلاثة في معضمية الشام")
    assert (hit.name, hit.country) == ("Moadamiyat al-Sham", "SY")
    assert (hit.lat, hit.lon) == pytest.approx((33.46, 36.19), abs=0.1)
    assert hit.radius_km is not None


def test_a_second_mention_takes_the_coordinates_of_the_first() -> None:
    first, again = found("انسحب المقاتلون من داريا ثم دخل الجيش إلى المدينة")
    assert again.text == "المدينة"
    assert (again.name, again.lat, again.lon) == (first.name, first.lat, first.lon)


def test_the_camp_is_the_camp_and_not_the_city() -> None:
    hits = found("خرج مئات من مخيم اليرموك نحو دمشق، وبقي آخرون في المخيم")
    assert [h.name for h in hits if "مخيم" in h.text] == ["Yarmouk camp", "Yarmouk camp"]


def test_an_unknown_village_stays_without_coordinates() -> None:
    hits = found("انفجر لغم في قرية القنبوسية قرب حلب")
    assert [(h.text, h.lat) for h in hits[:1]] == [("قرية القنبوسية", None)]


def test_namesakes_are_told_apart_by_the_rest_of_the_report() -> None:
    libya = found("اندلعت اشتباكات في طرابلس وامتدت إلى ترهونة ومصراتة")
    lebanon = found("نقل الجرحى من طرابلس إلى زغرتا وعكار وبعلبك")
    assert libya[0].country == "LY"
    assert {h.country for h in lebanon} == {"LB"}


def test_a_country_hint_counts_where_the_text_is_silent() -> None:
    assert found("هدوء حذر في طرابلس", "LB")[0].country == "LB"


def test_a_dateline_is_no_place_of_an_event() -> None:
    assert texts("بيروت (وكالات) – قتل ثلاثة في درعا") == ["درعا"]


def test_a_claim_takes_its_own_places_with_roles() -> None:
    text = "نُقل المئات من داريا إلى إدلب"
    tokens = tokenise(text, PACK.lexicon)
    ground = places.Ground(tokens, places.find(tokens, PACK), PACK.lexicon)
    own = places.settle(places.Asked(ground, 0, len(tokens.words), "evacuation"))
    assert [(p.text, p.role) for p in own] == [("داريا", "from"), ("إدلب", "to")]
    assert [p.role for p in places.settle(places.Asked(ground, 0, len(tokens.words), "clash"))] == ["at", "to"]


def test_a_fronted_place_governs_the_sentence() -> None:
    tokens = tokenise("وفي درعا، طالب الأهالي بالخبز", PACK.lexicon)
    hits = places.find(tokens, PACK)
    (place,) = places.settle(places.Asked(places.Ground(tokens, hits, PACK.lexicon), 3, len(tokens.words), "demand"))
    assert place.text == "درعا"


def test_the_south_is_that_of_the_country_and_a_bearing_is_none() -> None:
    lebanon = found("نزح أهالي صور وبنت جبيل في لبنان من الجنوب")[-1]
    assert (lebanon.text, lebanon.name) == ("الجنوب", "southern Lebanon")
    assert all(hit.text != "الجنوب" for hit in found("قرية في لبنان تقع إلى الجنوب من صور وبنت جبيل"))


def test_a_wider_place_that_opens_the_sentence_stands_beside_a_finer_one_unless_a_speaker_does() -> None:
    tokens = tokenise("وفي شمال سيناء، انفجرت عبوة جنوب الشيخ زويد", PACK.lexicon)
    ground = places.Ground(tokens, places.find(tokens, PACK), PACK.lexicon)
    asked = places.Asked(ground, 4, len(tokens.words), "bombing")
    assert [p.text for p in places.settle(asked)] == ["جنوب الشيخ زويد", "شمال سيناء"]
    asked.said = (5, 4)
    assert [p.text for p in places.settle(asked)] == ["جنوب الشيخ زويد"]


def test_a_deed_takes_the_place_of_the_claim_before_it_in_its_sentence_and_a_call_does_not() -> None:
    tokens = tokenise("سقطت قذائف على بلدة سراقب وقتل اثنان", PACK.lexicon)
    ground = places.Ground(tokens, places.find(tokens, PACK), PACK.lexicon)
    begins, ends = len(tokens.words) - 2, len(tokens.words)
    earlier = (places.Told(0, begins, "shelling"),)
    (place,) = places.settle(places.Asked(ground, begins, ends, "casualties", earlier))
    assert (place.text, place.role) == ("بلدة سراقب", "at")
    assert not places.settle(places.Asked(ground, begins, ends, "demand", earlier))


def test_a_second_mention_beside_its_name_is_left_out_and_a_part_is_not() -> None:
    tokens = tokenise("أخليت بلدة سراقب وباتت البلدة خالية إلا من أطراف البلدة", PACK.lexicon)
    ground = places.Ground(tokens, places.find(tokens, PACK), PACK.lexicon)
    own = places.settle(places.Asked(ground, 0, len(tokens.words), "evacuation"))
    assert [p.text for p in own] == ["بلدة سراقب", "أطراف البلدة"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("نقلوا إلى سجن قطينة", ["سجن قطينة"]),
        ("انفجر لغم في قرية مهجورة", []),
        ("في مخيم افتتح حديثاً", []),
        ("اعتقل منفذ الهجوم", []),
        ("انطلقت محادثات أستانا", ["أستانا"]),
        ("رفضت وزارة الدفاع في بيان القصف", []),
        ("تجمعوا عند نقطة الفرز", ["نقطة الفرز"]),
        ("انفجرت عبوة قرب مقر وزارة الداخلية", ["مقر وزارة الداخلية"]),
        ("نزح سكان دمشق إلى مخيم النازحين", ["دمشق", "مخيم النازحين"]),
        ("سقطت قذيفة على شارع لوبية", ["شارع لوبية"]),
        ("تمركزوا على تلة السلال شرقي المدينة في تعز", ["تلة السلال شرقي المدينة", "تعز"]),
        ("تشهد البلاد في ليبيا هدوءاً", ["البلاد", "ليبيا"]),
        ("قصفت الطائرات درعا وطلبت الولايات المتحدة وقف النار", ["درعا"]),
        ("سلم مسلحون موالون لأنقرة حواجز في عفرين", ["عفرين"]),
    ],
)
def test_what_is_a_name(text: str, names: list[str]) -> None:
    assert texts(text) == names


def test_spans_point_at_the_words() -> None:
    text = "وبدرعا قُتل ثلاثة"
    (hit,) = found(text)
    assert text[hit.start : hit.end] == hit.text == "درعا"


@given(st.text(alphabet="حلب في مدينة المخيم وريف الشمالي (كوباني) ل ب\n،", max_size=60))
def test_any_text_is_read_without_error_and_in_order(text: str) -> None:
    tokens = tokenise(text, PACK.lexicon)
    hits = places.find(tokens, PACK)
    assert all(a.after <= b.first for a, b in itertools.pairwise(hits))
    assert all(0 <= h.start < h.end <= len(text) and text[h.start : h.end] == h.text for h in hits)


def test_the_examples_of_the_pack_hold() -> None:
    specs = [spec for dimension, spec in PACK.specs.values() if dimension == "places"]
    for spec in (*specs, *PACK.rules["places"]):
        for example in spec.examples:
            got = [value for name, value in places.fired(example.text, PACK) if name == spec.id]
            assert got, (spec.id, example.text)
            assert example.gives is None or example.gives in got, (spec.id, example.text, got)
        for text in spec.counter:
            assert spec.id not in dict(places.fired(text, PACK)), (spec.id, text)


def test_our_gazetteer_is_large_and_in_range() -> None:
    rows = (ROOT / "src/tawatur/lang/ar/places_own.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    assert len(cells) >= 1200
    assert all(len(c) == 8 and 0 < float(c[7]) <= 2000 for c in cells)
    assert len({(c[0], c[5], c[6]) for c in cells}) == len(cells)


def test_the_built_table_keeps_its_credit() -> None:
    lines = (Path(gazetteer.__file__).parent / "ar" / "places_geonames.tsv").read_text("utf-8").splitlines()
    assert "GeoNames" in lines[0]
    assert "CC BY 4.0" in lines[0]
    assert len(lines) > 2000


def test_a_bad_row_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "places_mine.tsv").write_text("# head\nدرعا\tDaraa\tcity\tSY\t\t95.0\t36.1\t5\n", "utf-8")
    with pytest.raises(PackError, match=r"places_mine\.tsv:2"):
        gazetteer.load(load(tmp_path))


def test_an_overlay_adds_names(tmp_path: Path) -> None:
    (tmp_path / "places_mine.tsv").write_text("قنبوسية الغربية\tQanbusiya\tvillage\tSY\t\t35.0\t36.5\t2\n", "utf-8")
    pack = load(tmp_path)
    (hit,) = places.find(tokenise("قتلوا في قنبوسية الغربية", pack.lexicon), pack)
    assert (hit.name, hit.lat) == ("Qanbusiya", 35.0)


def test_names_are_found_whatever_their_spelling() -> None:
    site = Site("X", "town", "SY", "", 35.0, 36.0, 2.0)
    table = Gazetteer([("إدلب الأولى", site)])
    assert table.sites("ادلب الاولى") == (site,)
    assert table.sites("حلب") == ()
