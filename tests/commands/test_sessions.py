"""Planning a session: what is missing or doubtful is asked, the whole is read back, then announced."""

from bot.town import Town


async def test_a_session_is_read_back_then_announced(town: Town) -> None:
    """The full date, the place, the reminders; then "oui"."""
    assert (
        await town.says("roux", "!séance jeudi 12 mars à 18 h 30 à la mairie", room="EAU")
        == """Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Nouvelle séance

Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )
    assert (
        await town.says("vidal", "agenda")
        == """Prochaines séances

1. Commission de l'eau : jeudi 12 mars 2026 à 18 h 30, à la mairie
2. Commission de l'eau : jeudi 26 mars 2026 à 18 h 30, mairie

Répondez par un numéro pour voir l'ordre du jour."""
    )


async def test_a_session_fixed_in_private_is_announced_in_its_room(town: Town) -> None:
    """The room hears it; the chair is told so, and not twice the same thing."""
    assert (
        await town.says("roux", "séance eau demain à 20 h salle des fêtes")
        == """Commission de l'eau : mardi 3 mars 2026 à 20 h, salle des fêtes.

Je l'annoncerai dans le salon, avec un rappel 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert await town.says("roux", "oui") == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    assert (
        dict(town.heard)["!eau:sainte-colombe.fr"]
        == """Nouvelle séance

Commission de l'eau : mardi 3 mars 2026 à 20 h, salle des fêtes.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )


async def test_what_is_missing_is_asked(town: Town) -> None:
    """The hour, the body: numbered, and each number goes on from there."""
    assert (
        await town.says("arnaud", "séance 13 mars")
        == """Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau
3. Commission voirie et bâtiments

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "3")
        == """Le vendredi 13 mars 2026, à quelle heure ?

1. vendredi 13 mars 2026 à 18 h
2. vendredi 13 mars 2026 à 18 h 30
3. vendredi 13 mars 2026 à 19 h
4. vendredi 13 mars 2026 à 20 h

Répondez par un numéro."""
    )
    assert (
        await town.says("arnaud", "2")
        == """Commission voirie et bâtiments : vendredi 13 mars 2026 à 18 h 30.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("arnaud", "oui") == "C'est fait, et annoncé dans le salon « Commission voirie et bâtiments »."
    )


async def test_a_chair_of_one_body_is_not_asked_which(town: Town) -> None:
    """M. Roux sits on the council too, but only chairs Eau."""
    assert (
        await town.says("roux", "séance 13 mars à 18 h")
        == """Commission de l'eau : vendredi 13 mars 2026 à 18 h.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "annuler")
        == """La séance de la Commission de l'eau (jeudi 26 mars 2026 à 18 h 30, mairie) sera annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_a_doubtful_date_is_asked(town: Town) -> None:
    """A weekday that contradicts, and a past day."""
    assert (
        await town.says("roux", "!séance mardi 12 mars à 18 h à la mairie", room="EAU")
        == """Le 12 mars 2026 est un jeudi, pas un mardi.

1. jeudi 12 mars 2026 à 18 h
2. mardi 10 mars 2026 à 18 h
3. mardi 17 mars 2026 à 18 h

Répondez par un numéro."""
    )
    assert (
        await town.says("roux", "3", room="EAU")
        == """Commission de l'eau : mardi 17 mars 2026 à 18 h, à la mairie.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_a_remote_session_has_its_link(town: Town) -> None:
    """Mode and link are said and shown."""
    assert (
        await town.says(
            "roux", "!séance lundi 9 mars 18h salle du conseil hybride https://visio.example/eau_1", room="EAU"
        )
        == """Commission de l'eau : lundi 9 mars 2026 à 18 h, salle du conseil, hybride : https://visio.example/eau_1.

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Nouvelle séance

Commission de l'eau : lundi 9 mars 2026 à 18 h, salle du conseil, hybride : https://visio.example/eau_1.

Déposez ici les documents à lire avant ; !agenda la retrouve."""
    )


async def test_the_council_meets_in_person_and_its_convocation_has_a_deadline(town: Town) -> None:
    """CGCT, L. 2121-7 and L. 2121-11."""
    assert (
        await town.says("arnaud", "!séance mercredi 4 mars à 20 h à la mairie", room="CM")
        == """Conseil municipal : mercredi 4 mars 2026 à 20 h, à la mairie.

Il est trop tard pour convoquer dans les délais (3 jours francs, article L. 2121-11 du CGCT) : le dernier jour était le samedi 28 février 2026. En cas d'urgence, le maire peut abréger ce délai, sans descendre sous 1 jour franc ; le conseil en juge à l'ouverture.

Je l'annoncerai dans le salon, avec un rappel 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h visio https://visio.example", room="CM")
        == "Le conseil municipal se réunit en présence de ses membres : la visioconférence, même partielle, n'y est pas permise (article L. 2121-7 du CGCT). Indiquez un lieu : !séance mardi 12 janvier à 18 h 30 à la mairie."
    )
    assert (
        await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie", room="CM")
        == """Conseil municipal : jeudi 12 mars 2026 à 20 h, à la mairie.

Dernier jour pour convoquer : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

Je l'annoncerai dans le salon, avec un rappel 7 jours, 1 jour et 1 heure avant. C'est bien cela ?

Répondez oui ou non."""
    )


async def test_two_sessions_on_one_day_are_refused(town: Town) -> None:
    """The same one, or another hour."""
    assert (
        await town.says("roux", "!séance 26 mars à 18 h 30", room="EAU")
        == "Cette séance est déjà prévue : jeudi 26 mars 2026 à 18 h 30. !reporter change sa date, !séance lieu : … son lieu, !annuler l'annule."
    )
    assert (
        await town.says("roux", "!séance 26 mars à 20 h", room="EAU")
        == "Une séance est déjà prévue ce jour-là : jeudi 26 mars 2026 à 18 h 30, mairie. Pour changer son heure, écrivez !reporter suivi de la nouvelle date."
    )


async def test_only_those_who_act_for_the_chair_plan(town: Town) -> None:
    """A councillor is told who does."""
    for line in (
        "!séance 12 mars à 18 h",
        "!annuler",
        "!reporter 12 mars à 18 h",
        "!point X",
        "!annoncer X",
        "!rétablir EAU-2026-001",
    ):
        assert "est réservée à la présidence, au maire et aux agents de « Commission de l'eau »." in await town.says(
            "vidal", line, room="EAU"
        )
    assert (
        await town.says("vidal", "!séance", room="EAU")
        == "La commande !séance est réservée à la présidence, au maire et aux agents de « Commission de l'eau ». !aide montre ce que vous pouvez faire."
    )
