from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotating.reporting import actors_in, report_of, spot, told, with_actors

from onrecord.annotating.actors import Resolver, find_actors, resolve
from onrecord.annotating.actors.references import Reference
from onrecord.annotating.actors.words import passages
from onrecord.annotating.parse import Parse
from onrecord.model import ActorKind, Annotation, Role, Span

CASES = Path(__file__).with_name("cases") / "speakers.txt"
HELD = Path(__file__).parents[1] / "data" / "speakers_held.txt"


@cache
def _cases(path: Path = CASES) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(story, phrase, number of its occurrence, names) of each question in the cases."""
    story, found = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            story = line[2:]
        elif line.startswith("? "):
            asked, _, names = line[2:].partition(" ->")
            phrase, _, occurrence = asked.partition(" @")
            wanted = tuple(sorted(name.strip() for name in names.split(";") if name.strip()))
            found.append((story, phrase, occurrence or "1", wanted))
    return found


@cache
def _story(name: str, path: Path = CASES) -> tuple[str, Parse, Annotation]:
    stories = path.read_text(encoding="utf-8").split("= ")
    body = next(story for story in stories if story.startswith(name + "\n"))
    text = "\n".join(line for line in body.splitlines()[1:] if line and not line.startswith("? "))
    parsed, marks = with_actors(report_of(text))
    return text, parsed, marks


@pytest.mark.parametrize(("story", "phrase", "occurrence", "wanted"), _cases())
def test_a_source_phrase_denotes_its_speakers(
    story: str, phrase: str, occurrence: str, wanted: tuple[str, ...]
) -> None:
    text, parsed, marks = _story(story)
    names = {entity.id: entity.name for entity in marks.entities}
    found = resolve(spot(text, phrase, int(occurrence)), marks, parsed)
    assert tuple(sorted(names[one] for one in found)) == wanted


def test_the_held_out_phrases_keep_their_floor() -> None:
    missed = []
    for story, phrase, occurrence, wanted in _cases(HELD):
        text, parsed, marks = _story(story, HELD)
        names = {entity.id: {entity.name, *entity.aliases} for entity in marks.entities}
        found = resolve(spot(text, phrase, int(occurrence)), marks, parsed)
        if len(found) != len(wanted) or not all(any(name in names[one] for one in found) for name in wanted):
            missed.append((story, phrase, wanted))
    assert len(_cases()) + len(_cases(HELD)) >= 200
    assert 1 - len(missed) / len(_cases(HELD)) >= 0.90, missed


def test_there_are_enough_cases() -> None:
    assert len(_cases()) >= 100


def test_a_person_has_the_fullest_name_without_titles_and_a_role_with_its_country() -> None:
    found = actors_in("Bulgarian prime minister Petar Kolev met reporters in Sofia. Mr Kolev said little.")
    kolev = found["Petar Kolev"]
    assert kolev.kind is ActorKind.PERSON
    assert kolev.roles == (Role("prime minister", "BGR"),)
    assert kolev.country == "BGR"
    assert kolev.aliases == ("Kolev", "Petar Kolev")


def test_states_bodies_and_organisations_have_keys() -> None:
    found = actors_in(
        "Moscow denies it. Russia’s foreign ministry said on Friday that Nato and the US Treasury had lied, "
        "and the Kremlin agreed."
    )
    assert found["Russia"].key == "state:RUS"
    assert found["Russian Ministry of Foreign Affairs"].key == "gov:RUS:foreign-ministry"
    assert found["NATO"].key == "org:nato"
    assert found["United States Department of the Treasury"].key == "gov:USA:treasury"


def test_a_country_that_no_lexicon_knows_is_proved_by_the_report() -> None:
    text = "The Vardan government rejected the plan. Officials said that Varda would write to the president of Oskelia."
    found = actors_in(text)
    assert found["Varda"].key == "state:varda"
    assert found["Varda"].kind is ActorKind.STATE
    assert "The Vardan government" in told(text, found["Varda"])
    assert found["Oskelia"].key == "state:oskelia"


@pytest.mark.parametrize(
    "words",
    [
        "The Vardan water minister spoke.",
        "In a statement, the Vardan river ministry spoke.",
        "Mr Haddad met his Vardan counterpart.",
        "The Vardan health officials spoke.",
        "Mr Haddad met Varda’s tourism minister.",
    ],
)
def test_any_ministry_and_a_counterpart_prove_a_country_that_the_report_names(words: str) -> None:
    assert actors_in(f"Varda denies it. {words}")["Varda"].key == "state:varda"


def test_a_name_joined_to_a_proved_country_is_one() -> None:
    found = actors_in("The Vardan government met. Varda and Oskelia will talk. Oskelia denies it.")
    assert found["Oskelia"].key == "state:oskelia"


def test_an_adjective_is_of_the_name_that_stands_alone() -> None:
    text = "Vard Monitor\nVarda has promised talks. The Vardan energy ministry denied it."
    assert actors_in(text)["Varda"].key == "state:varda"


def test_health_officials_of_a_region_make_no_country() -> None:
    found = actors_in("California denied it. Californian health officials spoke. Boston health officials did not.")
    assert all(entity.kind is not ActorKind.STATE for entity in found.values())


@pytest.mark.parametrize(
    "line", ["(CNN) -", "(CNN)", "KELM (AP) -", "KELM, March 4 (Reuters) -", "Kelm (Reuters) —", "KELM/DORN —"]
)
def test_a_dateline_names_no_actor(line: str) -> None:
    assert set(actors_in(f"{line} Mr Haddad left on Friday.")) == {"Haddad"}


@pytest.mark.parametrize("line", ["Mr Kell (Varda) -", "Ana Kell —", "Mr Kell (who left) -"])
def test_a_name_before_a_dash_is_no_dateline(line: str) -> None:
    assert len(actors_in(f"{line} he and Mr Haddad spoke on Friday.")) == 2


def test_a_government_named_after_a_person_is_no_country() -> None:
    found = actors_in("Mr Brandan left office in May. Officials of the Brandan government said they would stay.")
    assert all(entity.kind is not ActorKind.STATE for entity in found.values())


def test_a_capital_as_a_place_is_no_actor() -> None:
    text = "Talks in Moscow ended on Friday. He flew to Moscow on Monday for a summit in Moscow."
    assert "Russia" not in actors_in(text)


def test_two_people_of_one_surname_stay_apart() -> None:
    found = actors_in("Joe Marsh met Helen Marsh on Friday. Mr Marsh left early. Ms Marsh stayed.")
    assert {"Joe Marsh", "Helen Marsh"} <= set(found)


def test_a_city_is_no_person() -> None:
    found = actors_in("Aleppo and Homs were calm on Friday, said Mr Haddad.")
    assert set(found) == {"Haddad"}


def test_i_in_a_quotation_is_its_speaker_and_we_his_state() -> None:
    text = "“I think we are ready,” said Hungarian prime minister Ana Kell. I was there."
    found = actors_in(text)
    assert told(text, found["Ana Kell"]) == ["I", "Hungarian prime minister Ana Kell"]
    assert told(text, found["Hungary"]) == ["we", "Hungarian"]


def test_we_of_a_speaker_without_a_state_is_nobody() -> None:
    text = "“I think we are ready,” said Ana Kell."
    assert told(text, actors_in(text)["Ana Kell"]) == ["I", "Ana Kell"]


def test_it_before_a_clause_is_nobody() -> None:
    text = "Russia signed the treaty. It is clear that it will not work, Mr Haddad said."
    assert told(text, actors_in(text)["Russia"]) == ["Russia"]


@pytest.mark.parametrize("said", ["it would be forced to act", "it would act", "it was not ready to act"])
def test_it_in_what_a_state_says_is_the_state(said: str) -> None:
    text = f"Mr Haddad spoke to Russia. Hungary warned that {said}."
    assert told(text, actors_in(text)["Hungary"]) == ["Hungary", "it"]


@pytest.mark.parametrize("said", ["it was clear that talks had failed", "it was time to act"])
def test_it_before_a_clause_in_what_a_state_says_is_nobody(said: str) -> None:
    text = f"Hungary warned that {said}."
    assert told(text, actors_in(text)["Hungary"]) == ["Hungary"]


def test_the_security_council_is_the_united_nations_unless_a_national_one_is_told() -> None:
    found = actors_in("Syria’s president spoke. Iran denied it, the Security Council said.")
    assert found["UN Security Council"].key == "org:un-security-council"
    found = actors_in("Iran’s National Security Council met. The Security Council denied it.")
    assert "UN Security Council" not in found


@pytest.mark.parametrize("named", ["The rebel Northern Front took Kelm", "The Northern Front rebels took Kelm"])
def test_rebels_and_the_last_word_of_their_name_are_the_group_named_as_rebel(named: str) -> None:
    text = f"{named}. Mr Haddad said the rebels had fled. The Front denied it."
    found = actors_in(text)["Northern Front"]
    assert found.kind is ActorKind.ORGANISATION
    assert told(text, found) == ["Northern Front", "the rebels", "Front"]


@pytest.mark.parametrize(
    "named", ["The Northern Front took Kelm", "The rebel Northern Front and the rebel Kell Brigade took Kelm"]
)
def test_rebels_stay_apart_where_no_group_or_several_are_named_as_rebel(named: str) -> None:
    assert actors_in(f"{named}. The rebels fled.")["rebels"].kind is ActorKind.GROUP


@pytest.mark.parametrize("role", ["Actor", "Defender", "Novelist"])
def test_a_role_in_capitals_is_no_part_of_the_name(role: str) -> None:
    found = actors_in(f"{role} Jon Orlec left on Friday. Mr Orlec said nothing.")
    assert found["Jon Orlec"].aliases == ("Jon Orlec", "Orlec")


def test_states_of_a_group_are_mentioned_too() -> None:
    found = actors_in("US and Russian diplomats pledged to meet again.")
    assert {"United States", "Russia", "US and Russian diplomats"} <= set(found)
    assert found["US and Russian diplomats"].kind is ActorKind.GROUP


def test_entities_are_numbered_by_first_mention_and_mentions_are_in_text_order() -> None:
    _, parsed, marks = _story("metonyms")
    firsts = [entity.mentions[0].span.start for entity in marks.entities]
    assert firsts == sorted(firsts)
    assert [entity.id for entity in marks.entities] == [f"r0.a{n}" for n in range(1, len(marks.entities) + 1)]
    for entity in marks.entities:
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda one: (one.span.start, one.span.end))
    assert parsed.blocks


def test_a_headline_in_capitals_finds_the_names_of_the_text() -> None:
    text = "TOSK REJECTS CALL FOR TALKS WITH RUSSIA\nMira Tosk rejected a call for talks with Russia on Friday."
    found = actors_in(text, titled=True)
    assert told(text, found["Mira Tosk"]) == ["TOSK", "Mira Tosk"]
    assert told(text, found["Russia"]) == ["RUSSIA", "Russia"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“",
        "’s",
        "Mr",
        "Mr.",
        "the the the's of of",
        "MR PUTIN VS THE WORLD!!! 🙂🙂",
        "Владимир Петров сказал: «Нет». 李克强 said hello to Ångström-Ünal.",
        "A. B. C. von der von der",
        "U.S. and U.S.' and the U.S.-led",
        "58-year-old",
        "Her",
        "President President Minister, Minister",
        "\u200b\ufeff Ana \u00ad Kell",
    ],
)
def test_odd_input_is_annotated(text: str) -> None:
    _, marks = with_actors(report_of(text))
    assert all(mention.span.end <= len(text) for entity in marks.entities for mention in entity.mentions)


_PIECES = st.sampled_from(
    "the a its his Her their Mr Ms President minister foreign ministry Varda Vardan US Russia Russia’s ’s , . “ ” and "
    "of for Kell Ana Ana-Lena von der government officials two leaders both country The 58-year-old said told Moscow "
    "in to U.S. NATO alliance they it he 🙂 Ünal 李 - – ( ) 2022 Friday".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map(" ".join), st.integers(0, 200), st.integers(0, 200))
def test_any_run_of_words_is_annotated_and_resolved(text: str, one: int, other: int) -> None:
    parsed, marks = with_actors(report_of(text))
    known = {entity.id for entity in marks.entities}
    assert set(resolve(Span(min(one, other), max(one, other)), marks, parsed)) <= known
    assert find_actors(report_of(text), parsed, marks) == marks


def test_the_cost_of_a_report_grows_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.annotating.actors import salience

    looked: list[int] = []
    weigh = salience._weight

    def counted(seen: salience.Seen, reference: Reference) -> float:
        looked.append(1)
        return weigh(seen, reference)

    monkeypatch.setattr(salience, "_weight", counted)
    costs = []
    for times in (40, 80):
        lines = [
            f"Mr Kell{n} said Varda wanted peace. He told the president of Oskelia that it hoped the minister agreed."
            for n in range(times)
        ]
        looked.clear()
        with_actors(report_of("\n".join(lines)))
        costs.append(len(looked))
    assert costs[1] < 3 * costs[0]


def test_a_resolver_built_once_answers_as_resolve_does() -> None:
    text, parsed, marks = _story("groups")
    span = spot(text, "US and Iranian officials")
    assert Resolver(marks, parsed).of(span) == resolve(span, marks, parsed)


def test_the_words_of_a_passage_cover_its_text() -> None:
    report = report_of("The U.S. envoy, Mr. O’Neill-Kell, left Varda’s capital.")
    parsed, marks = with_actors(report)
    words = [word for passage in passages(parsed, marks) for word in passage.words]
    assert "".join(word.text for word in words) == report.text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            "Ana Kell was there. Power will change hands, according to Jon Orlec. He gave no date.",
            "Jon Orlec",
            ["Jon Orlec", "He"],
        ),
        (
            "The head of its water commission, Ana Kell, spoke. Kell left.",
            "Ana Kell",
            ["The head", "Ana Kell", "Kell"],
        ),
        (
            "The group’s chief negotiator, Brigadier General Jon Orlec, refused.",
            "Jon Orlec",
            ["chief negotiator", "Brigadier General Jon Orlec"],
        ),
        (
            "Prince Hadi bin Nasser, the Saudi foreign minister, was glad.",
            "Hadi bin Nasser",
            ["Prince Hadi bin Nasser", "the Saudi foreign minister"],
        ),
        (
            "Hungarian prime minister Jon Orlec and his deputy, Tom Arbel, left. Orlec met Mr Arbel and his wife.",
            "Tom Arbel",
            ["his deputy", "Tom Arbel", "Mr Arbel", "his"],
        ),
        (
            "The envoy, Ana Kell, spoke. The 54-year-old flew home.",
            "Ana Kell",
            ["The envoy", "Ana Kell", "The 54-year-old"],
        ),
    ],
)
def test_who_stands_beside_a_name_or_for_it(text: str, name: str, words: list[str]) -> None:
    assert told(text, actors_in(text)[name]) == words


def test_two_offices_of_one_person_are_one_person() -> None:
    found = actors_in("OSCE chairman and Swiss president Didier Marel said he was glad.")
    people = [one for one in found.values() if one.kind is ActorKind.PERSON]
    assert [one.name for one in people] == ["Didier Marel"]


def test_a_place_before_a_title_is_no_person() -> None:
    found = actors_in("At a session in New York, the Hungarian foreign minister, Ana Kell, said she was tired.")
    assert {one.name for one in found.values() if one.kind is ActorKind.PERSON} == {"Ana Kell"}


def test_an_official_who_speaks_is_not_the_name_before() -> None:
    text = "The army will open the road to al-Marab, a U.N. official said."
    text, parsed, marks = (text, *with_actors(report_of(text)))
    names = {entity.id: entity.name for entity in marks.entities}
    assert [names[one] for one in resolve(spot(text, "a U.N. official"), marks, parsed)] == ["U.N. official"]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("Ana Kell, who heads the bank, left. The bank, which lost money, said so.", "who", ["Ana Kell"]),
        ("Aid was cut by the World Bank, which said it would wait.", "which", ["World Bank"]),
        ("The opposition, whose head Kell fled, wept.", "The opposition, whose head Kell fled,", ["opposition"]),
        ("“Yes,” a man who gave his name as Adam Bors said.", "a man who gave his name as Adam Bors", ["Adam Bors"]),
        ("Mr Orlec called on Monday, his office said.", "his office", ["Orlec"]),
        ("Mr Orlec called on Monday, his daughter said.", "his daughter", []),
        ("Russian television said so on Monday.", "Russian television", []),
        ("The Russian tycoon Mikhail Torvan said so.", "The Russian tycoon Mikhail Torvan", ["Mikhail Torvan"]),
        ("Sudan’s military-led government said so.", "Sudan’s military-led government", ["Sudan"]),
    ],
)  # fmt: skip
def test_whom_a_source_phrase_stands_for(text: str, phrase: str, wanted: list[str]) -> None:
    parsed, marks = with_actors(report_of(text))
    names = {entity.id: entity.name for entity in marks.entities}
    assert [names[one] for one in resolve(spot(text, phrase), marks, parsed)] == wanted


def test_initials_that_the_report_explains_are_its_own() -> None:
    found = actors_in("The Rapid Support Forces (RSF) left Kelm. The RSF gave no reason. An RSF spokesman was silent.")
    assert "Reporters Without Borders" not in found
    assert "RSF" in found["Rapid Support Forces"].aliases


def test_initials_that_the_report_does_not_explain_are_known_ones() -> None:
    assert "Reporters Without Borders" in actors_in("The RSF said a reporter had been jailed in Budapest.")


def test_nations_are_their_states_where_one_deals_with_them() -> None:
    text = "Mr Orlec thanked the Turks. The Egyptians did not come. Hungary told the Russians to leave."
    found = actors_in(text)
    assert {"Turkey", "Egypt", "Russia"} <= set(found)


def test_the_north_is_the_half_that_the_report_names() -> None:
    text = "North Korea fired a missile. South Korea protested. The North was silent. It hit the north coast."
    found = actors_in(text)
    assert told(text, found["North Korea"])[:2] == ["North Korea", "North"]
    assert "the North" not in actors_in("Sudan is calm. The North was silent.")


def test_the_kingdom_is_a_kingdom() -> None:
    text = "Saudi Arabia met Iran in Baghdad. The kingdom had cut ties with Iran."
    assert told(text, actors_in(text)["Saudi Arabia"]) == ["Saudi Arabia", "The kingdom"]


def test_syllables_after_a_hyphen_are_in_the_name() -> None:
    text = "South Korean president Han Ji-won called a meeting. Han said she was calm. The Kell-led party left."
    assert told(text, actors_in(text)["Han Ji-won"])[:2] == ["South Korean president Han Ji-won", "Han"]


def test_an_office_that_only_describes_a_noun_is_nobody() -> None:
    found = actors_in("The rebel assault went on. Syrian official media reported it. The rebel-held town was shelled.")
    assert not [one for one in found.values() if one.kind is ActorKind.PERSON]


def test_a_person_told_by_whose_he_is_is_called_so() -> None:
    found = actors_in(
        "Senator Ana Kell left. Her spokesman was silent. Jon Orlec stayed. Orlec’s spokeswoman was silent."
    )
    assert {"Ana Kell's spokesman", "Orlec’s spokeswoman"} <= set(found)


def test_the_country_in_what_a_minister_says_is_his() -> None:
    text = (
        "Russia condemned the plan. Romania’s president, Ana Popa, welcomed it. She said the country had asked for it."
    )
    assert told(text, actors_in(text)["Romania"])[-1] == "the country"
