from parvis.territory import reference

PLATEAU = {"94047", "94048", "94056", "94070", "94075", "91631"}


def test_all_communes_of_france_are_shipped() -> None:
    communes = reference.communes()
    assert len(communes) > 34_900
    assert communes["97611"].name == "Mamoudzou"
    assert communes["97611"].postcodes == "97600 97605"


def test_the_plateau_briard_has_contours_and_centres_inside_them() -> None:
    for code in PLATEAU:
        facts = reference.communes()[code]
        assert facts.contour is not None
        assert facts.centre is not None
        ring = facts.contour["coordinates"][0]
        assert min(p[0] for p in ring) < facts.centre.longitude < max(p[0] for p in ring)
        assert min(p[1] for p in ring) < facts.centre.latitude < max(p[1] for p in ring)


def test_the_plateau_briard_has_thirty_thousand_residents() -> None:
    assert sum(reference.communes()[code].population for code in PLATEAU) == 30_452


def test_a_commune_elsewhere_has_no_contour() -> None:
    assert reference.communes()["97611"].contour is None
    assert reference.communes()["97611"].centre is None


def test_names_have_a_printed_apostrophe() -> None:
    assert reference.communes()["94038"].name == "L’Haÿ-les-Roses"
    assert not any("'" in facts.name for facts in reference.communes().values())


def test_every_former_code_leads_to_a_commune_of_today() -> None:
    communes = reference.communes()
    for code, former in reference.former_codes().items():
        assert code not in communes
        assert former.now in communes


def test_a_postcode_is_shared_by_several_communes() -> None:
    assert {facts.insee for facts in reference.with_postcode("94440")} == {"94075", "94070", "94048"}


def test_the_shipped_data_carry_their_licence_and_stay_small() -> None:
    notice = (reference.DATA / "NOTICE.md").read_text()
    shipped = [path for path in reference.DATA.iterdir() if path.name != "NOTICE.md"]
    assert all(path.name in notice for path in shipped)
    assert "Licence Ouverte" in notice
    assert sum(path.stat().st_size for path in shipped) < 600_000
