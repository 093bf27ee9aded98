"""The bad lines of a shop's spreadsheet: each one told with its line, its column and the way out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.contacts.spreadsheet import CustomerRow, Rejection, Sheet, read_customers

Read = Callable[[str], Sheet]
TODAY = dt.date(2026, 11, 23)
SEVERAL = (
    "Cette ligne parle de plusieurs personnes. L’accord est personnel : faites une ligne par personne, "
    "chacune avec son propre courriel, téléphone ou adresse."
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str) -> Sheet:
        file = tmp_path / "clients.csv"
        file.write_text(text, encoding="utf-8")
        return read_customers(file, today=TODAY)

    return read


def one(sheet: Sheet) -> CustomerRow:
    assert sheet.rejections == ()
    (row,) = sheet.rows
    return row


def refused(sheet: Sheet) -> Rejection:
    assert sheet.rows == ()
    (rejection,) = sheet.rejections
    return rejection


def test_a_whole_line_is_read_into_every_field(read: Read) -> None:
    row = one(
        read(
            "Civilité;Nom;Prénom;E-mail;Portable;Adresse;CP;Ville;Date de naissance;Goûts;N'aime pas;Remarques;"
            "Dernier achat;Source de l'accord;Date d'accord;OK SMS;OK mail;Canal préféré\n"
            "Mme;Vasseur;Claire;Claire@Vasseur.Example;06.39.98.12.34;12 rue des Lilas;94440;Villecresnes;12/03/1980;"
            "whisky, rhum / roses+thé;bière;aime l'automne;03/04/2024;carte de fidélité 2024;12 mars 2024;oui;non;SMS\n"
        )
    )
    assert (row.line, row.title, row.given_name, row.family_name) == (2, "Mme", "Claire", "Vasseur")
    assert (row.email, row.phone) == ("Claire@vasseur.example", "+33639981234")
    assert (row.address, row.postcode, row.commune) == ("12 rue des Lilas", "94440", "Villecresnes")
    assert row.birth_date == dt.date(1980, 3, 12)
    assert row.tastes == ("whisky", "rhum", "roses", "thé")
    assert (row.refusals, row.note) == (("bière",), "aime l'automne")
    assert row.last_sale_on == dt.date(2024, 4, 3), "in France the day comes first"
    assert (row.consent_source, row.consent_on) == ("carte de fidélité 2024", dt.date(2024, 3, 12))
    assert (set(row.consent_channels), set(row.refused_channels), row.refuses) == ({"sms"}, {"email"}, False)
    assert (row.preferred_channel, row.warnings) == ("sms", ())


def test_title_rows_and_blank_lines_are_counted_in_line_numbers(read: Read) -> None:
    sheet = read("FICHIER CLIENTS 2024;;\n;;\nmis à jour en mars;;\nNom;Mail;Ville\n\n;;\nPetit;;Santeny\n")
    assert sheet.heading_line == 4
    assert refused(sheet) == Rejection(
        7,
        "",
        "Petit",
        "Cette personne n’a ni adresse, ni téléphone, ni courriel : ajoutez au moins l’un des trois.",
    )


COUPLES = (
    "M. et Mme Durand|Mr & Mme Durand|M Mme Durand|Mme et M. Durand|M./Mme Durand|Durand Paul et Marie|"
    "Paul & Marie Durand|Famille Durand|Les Durand|Paul Durand / Marie Petit|Paul Durand ou Luc Petit"
)


@pytest.mark.parametrize("name", COUPLES.split("|"))
def test_a_couple_on_one_line_is_refused_even_with_a_single_email(read: Read, name: str) -> None:
    assert refused(read(f"Nom;Mail\n{name};durand@plateau.example\n")) == Rejection(2, "Nom", name, SEVERAL)


@pytest.mark.parametrize("title", ["M. et Mme", "Mr/Mme", "M. & Mme", "Messieurs"])
def test_a_couple_in_the_title_column_is_refused(read: Read, title: str) -> None:
    sheet = read(f"Civilité;Nom;Mail\n{title};Durand;durand@plateau.example\n")
    assert refused(sheet) == Rejection(2, "Civilité", title, SEVERAL)


@pytest.mark.parametrize("given", ["Paul et Marie", "Paul/Marie", "Paul, Marie", "Paul & Marie"])
def test_two_given_names_of_two_people_are_refused(read: Read, given: str) -> None:
    sheet = read(f'Nom,Prénom,Mail\nDurand,"{given}",durand@plateau.example\n')
    assert refused(sheet) == Rejection(2, "Prénom", given, SEVERAL)


@pytest.mark.parametrize(
    "name", ["Mme M. Durand", "Jean-Paul Durand-Martin", "Boulangerie Martin et Fils", "Mme Etienne"]
)
def test_one_person_or_one_business_is_not_taken_for_two(read: Read, name: str) -> None:
    assert one(read(f"Nom;Mail\n{name};durand@plateau.example\n")).email == "durand@plateau.example"


def test_two_emails_in_one_cell_are_refused(read: Read) -> None:
    sheet = read("Nom;Mail\nDurand;paul@plateau.example / marie@plateau.example\n")
    assert refused(sheet) == Rejection(
        2,
        "Mail",
        "paul@plateau.example / marie@plateau.example",
        "Il y a deux courriels dans cette case : on ne sait pas à qui est chacun, et l’accord est personnel. "
        "Faites une ligne par personne.",
    )


def test_two_phones_of_one_person_keep_the_first_mobile_with_a_warning(read: Read) -> None:
    row = one(read("Nom;Tél\nPetit;01 99 00 11 22 / 06 39 98 11 22\n"))
    assert row.phone == "+33639981122"
    assert row.warnings == (
        Rejection(
            2,
            "Tél",
            "+33199001122",
            "Un seul numéro est gardé par personne, le portable d’abord : +33639981122. "
            "Notez l’autre dans les remarques.",
        ),
    )


def test_two_phones_with_two_names_beside_them_are_refused(read: Read) -> None:
    sheet = read("Nom;Tél\nDurand;06 39 98 11 22 Paul - 06 39 98 11 33 Marie\n")
    assert refused(sheet).reason == SEVERAL


def test_two_phones_without_any_name_are_refused(read: Read) -> None:
    sheet = read("Nom;Tél\n;06 39 98 11 22 / 06 39 98 11 33\n")
    assert refused(sheet).reason == (
        "Il y a plusieurs numéros dans cette case : on ne sait pas à qui est chacun. Faites une ligne par personne."
    )


ONE_PHONE = (
    "6.39981234E8|6,39981234E+08|639981234|639981234.0|0033639981234|+33 (0)6 39 98 12 34|06.39.98.12.34|"
    "06-39-98-12-34|06/39/98/12/34|33639981234|tél : 0639981234|(0)6 39 98 12 34|+33 06 39 98 12 34|"
    "00 33 (0) 639981234|06 39 98 12 34"
)


@pytest.mark.parametrize("typed", ONE_PHONE.split("|"))
def test_a_phone_is_understood_however_it_is_typed(read: Read, typed: str) -> None:
    row = one(read(f"Nom;Portable\nPetit;{typed}\n"))
    assert (row.phone, row.warnings) == ("+33639981234", ())


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("06 39 98 11", "Il manque deux chiffres à la fin. Complétez ce numéro dans votre tableau."),
        ("06 39 98 11 2", "Il manque un chiffre à la fin. Complétez ce numéro dans votre tableau."),
        ("06 39 98 11 223", "Ce numéro a un chiffre de trop. Corrigez-le dans votre tableau."),
        (
            "6,4E+08",
            "Le tableur a arrondi ce numéro et ses derniers chiffres sont perdus : retapez-le dans une "
            "colonne au format Texte.",
        ),
        (
            "demander à sa fille",
            "Ce n’est pas un numéro de téléphone que l’on sache lire : écrivez-le en entier, "
            "par exemple 06 39 98 00 00.",
        ),
        (
            "########",
            "La colonne était trop étroite et le tableur a écrit des dièses : élargissez-la, "
            "puis enregistrez à nouveau.",
        ),
    ],
)
def test_a_phone_that_cannot_be_read_is_dropped_and_the_named_person_kept(read: Read, typed: str, reason: str) -> None:
    row = one(read(f"Nom;Portable\nPetit;{typed}\n"))
    assert row.phone is None
    assert row.warnings == (Rejection(2, "Portable", typed, reason),)


def test_without_a_name_a_phone_that_cannot_be_read_refuses_the_line(read: Read) -> None:
    assert refused(read("Nom;Portable\n;06 39 98 11\n")) == Rejection(
        2,
        "Portable",
        "06 39 98 11",
        "Il manque deux chiffres à la fin. Complétez ce numéro dans votre tableau. Sans cela, la ligne n’a ni nom, "
        "ni adresse, ni téléphone, ni courriel : elle n’est pas importée.",
    )


def test_an_email_in_the_phone_column_and_the_reverse_are_put_right_and_told(read: Read) -> None:
    row = one(read("Nom;Mail;Tél\nPetit;06 39 98 11 22;luc@petit.example\n"))
    assert (row.email, row.phone) == ("luc@petit.example", "+33639981122")
    assert row.warnings == (
        Rejection(
            2,
            "Mail",
            "06 39 98 11 22",
            "Ce numéro de téléphone était dans la colonne des courriels : il a été rangé à sa place.",
        ),
        Rejection(
            2,
            "Tél",
            "luc@petit.example",
            "Ce courriel était dans une colonne de téléphone : il a été rangé à sa place.",
        ),
    )


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("luc.petit.example", "Il manque l’arobase (@) dans ce courriel : corrigez-le dans votre tableau."),
        (
            "luc@petit",
            "Ce courriel n’est pas complet ou contient une faute : vérifiez l’arobase (@) et ce qui la suit.",
        ),
        (
            "luc@petit,example",
            "Ce courriel contient une virgule à la place d’un point : corrigez-le dans votre tableau.",
        ),
    ],
)
def test_an_email_that_cannot_be_read_is_dropped_with_its_reason(read: Read, typed: str, reason: str) -> None:
    row = one(read(f"Nom;Mail;Tél\nPetit;{typed};0639981122\n"))
    assert row.email is None
    assert row.warnings == (Rejection(2, "Mail", typed, reason),)


def test_a_formula_is_never_computed_and_goes_back_harmless(read: Read) -> None:
    row = one(read('Nom;Mail;Tél\nPetit;"=HYPERLINK(""x"")";0639981122\n'))
    assert row.email is None
    assert row.warnings == (
        Rejection(
            2,
            "Mail",
            '\'=HYPERLINK("x")',
            "Ce texte commence par « = », comme une formule : il n’a été ni calculé ni gardé. "
            "Tapez la valeur elle-même, sans « = » au début.",
        ),
    )


@pytest.mark.parametrize("typed", ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)"])
def test_a_formula_in_any_field_is_dropped(read: Read, typed: str) -> None:
    row = one(read(f"Nom;Mail;Notes;Goûts\nPetit;luc@petit.example;{typed};{typed}\n"))
    assert (row.note, row.tastes) == ("", ())
    assert [warning.field for warning in row.warnings] == ["Goûts", "Notes"]


@pytest.mark.parametrize("typed", ["#REF!", "#N/A", "#NOM?", "#VALEUR!", "#DIV/0!", "Err:502"])
def test_an_error_value_is_dropped_with_its_reason(read: Read, typed: str) -> None:
    row = one(read(f"Nom;Mail;Ville\nPetit;luc@petit.example;{typed}\n"))
    assert row.commune == ""
    assert row.warnings[0].reason == (
        "Le tableur affiche une erreur à cet endroit : tapez la valeur elle-même à la place de la formule."
    )


def test_marks_that_do_not_show_are_removed(read: Read) -> None:
    row = one(read("Nom;Mail\n\u200fPe\u200btit\u0007\u00a0\u00ad;\u202aluc@petit.example\u202c\n"))
    assert (row.family_name, row.email) == ("Petit", "luc@petit.example")


def test_a_name_of_three_hundred_letters_is_dropped_not_cut(read: Read) -> None:
    row = one(read(f"Nom;Prénom;Mail\n{'a' * 300};Luc;luc@petit.example\n"))
    assert (row.family_name, row.given_name) == ("", "Luc")
    assert row.warnings == (
        Rejection(
            2,
            "Nom",
            "a" * 59 + "…",
            "Ce texte a plus de 80 caractères : il a sans doute été collé dans la mauvaise case. "
            "Raccourcissez-le dans votre tableau.",
        ),
    )


def test_totals_and_repeated_headings_are_told_and_skipped(read: Read) -> None:
    sheet = read("Nom;Mail\nPetit;luc@petit.example\nNom;Mail\nGrand;eva@grand.example\nTotal : 812;\n")
    assert [row.family_name for row in sheet.rows] == ["Petit", "Grand"]
    assert sheet.rejections == (
        Rejection(
            3,
            "",
            "Nom",
            "Cette ligne répète les titres des colonnes : elle n’est pas importée. Il n’y a rien à faire.",
        ),
        Rejection(
            5,
            "",
            "Total : 812",
            "Cette ligne est un total, pas une personne : elle n’est pas importée. Il n’y a rien à faire.",
        ),
    )


def test_a_line_with_neither_name_nor_contact_is_refused(read: Read) -> None:
    assert refused(read("Nom;Mail;Ville\n;;Santeny\n")) == Rejection(
        2,
        "",
        "Santeny",
        "Cette ligne n’a ni nom, ni adresse, ni téléphone, ni courriel : complétez-la ou supprimez-la.",
    )


def test_a_second_line_with_the_same_email_is_refused_with_the_number_of_the_first(read: Read) -> None:
    sheet = read("Nom;Prénom;Mail\n\nPetit;Luc;luc@petit.example\nPetit;Luc;LUC@Petit.example\n")
    assert sheet.rejections == (
        Rejection(
            4,
            "Mail",
            "luc@petit.example",
            "Ce courriel est déjà à la ligne 3 : gardez une seule des deux lignes.",
        ),
    )


def test_one_email_for_two_names_is_refused_as_consent_is_personal(read: Read) -> None:
    sheet = read("Nom;Prénom;Mail\nPetit;Luc;petit@petit.example\nPetit;Eva;petit@petit.example\n")
    assert [rejection.reason for rejection in sheet.rejections] == [
        "Ce courriel est déjà à la ligne 2, pour un autre nom. L’accord est personnel : donnez à chaque personne "
        "son propre courriel, ou gardez une seule ligne."
    ]


def test_the_same_phone_and_name_is_refused_but_not_the_same_phone_of_another(read: Read) -> None:
    sheet = read("Nom;Prénom;Tél\nPetit;Luc;0639981122\nLUC;Petit;+33639981122\nPetit;Eva;0639981122\n")
    assert [row.given_name for row in sheet.rows] == ["Luc", "Eva"]
    assert sheet.rejections == (
        Rejection(
            3,
            "Tél",
            "+33639981122",
            "Cette personne est déjà à la ligne 2, avec le même téléphone : gardez une seule des deux lignes.",
        ),
    )


@pytest.mark.parametrize(
    ("heading", "typed", "reason"),
    [
        ("Dernier achat", "12/03/2030", "Cette date est dans le futur : corrigez-la dans votre tableau."),
        (
            "Date d'accord",
            "2024",
            "Une année seule n’est pas une date : écrivez aussi le jour et le mois, par exemple 12/03/2024.",
        ),
        (
            "Dernier achat",
            "03/25/2024",
            "Ce jour n’existe pas : en France le jour vient avant le mois, par exemple 12/03/2024 pour le 12 mars.",
        ),
        ("Anniversaire", "12 mars", "Il manque l’année : écrivez jour/mois/année, par exemple 12/03/2024."),
        ("Anniversaire", "03/2026", "Il manque le jour : écrivez jour/mois/année, par exemple 12/03/2024."),
        ("Anniversaire", "mars 2026", "Il manque le jour : écrivez jour/mois/année, par exemple 12/03/2024."),
        ("Anniversaire", "2026-03", "Il manque le jour : écrivez jour/mois/année, par exemple 12/03/2024."),
        (
            "Dernier achat",
            "à Noël",
            "Ce n’est pas une date que l’on sache lire : écrivez jour/mois/année, par exemple 12/03/2024.",
        ),
        (
            "Anniversaire",
            "12/03/1824",
            "Cette date est trop ancienne pour être juste : corrigez-la dans votre tableau.",
        ),
    ],
)
def test_a_date_that_cannot_be_is_dropped_with_its_reason(read: Read, heading: str, typed: str, reason: str) -> None:
    row = one(read(f"Nom;Mail;{heading}\nPetit;luc@petit.example;{typed}\n"))
    assert (row.last_sale_on, row.consent_on, row.birth_date) == (None, None, None)
    assert row.warnings == (Rejection(2, heading, typed, reason),)


def test_health_columns_are_not_read(read: Read) -> None:
    sheet = read("Nom;Mail;Allergies;Religion\nPetit;luc@petit.example;noix;aucune\n")
    assert sheet.ignored_columns == ("Allergies", "Religion")
    assert "noix" not in str(sheet.rows)


def test_signs_alone_are_no_address(read: Read) -> None:
    for signs in ("=", "--", "?", "...", "(/)"):
        assert refused(read(f"Nom;Adresse\nPetit;{signs}\n")).reason.startswith("Cette personne n’a ni adresse")
