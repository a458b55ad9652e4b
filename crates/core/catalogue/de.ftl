# Samovars Worte auf Deutsch. Ein Katalog für Bildschirm, Leiste, Benachrichtigungen und Befehlszeile.
# Schlüssel beginnen damit, wo sie gelesen werden: ui-, tray-, notify-, notice-, cli-, oder ohne, wenn alle sie lesen.

## Überall

someone = Jemand
names-two = { $first } und { $second }
names-three = { $first }, { $second } und { $third }
names-more = { $first }, { $second } und { $count } weitere
weekday-mon = Mo
weekday-tue = Di
weekday-wed = Mi
weekday-thu = Do
weekday-fri = Fr
weekday-sat = Sa
weekday-sun = So

## Die Leiste

tray-share = Moment teilen …
tray-kudos = Danke sagen …
tray-focus = Fokus
tray-focus-minutes = { $count } Minuten
tray-focus-until = Bis …
tray-focus-end = Fokus beenden (noch { $minutes } Min.)
tray-gathering-on = { $title } läuft
tray-gathering-soon = { $title } in { $minutes } Min.
tray-gathering-today = { $title } um { $time }
tray-gathering-later = { $title }, { $weekday } { $time }
tray-join = Teilnehmen
tray-join-camera-optional = Teilnehmen (Kamera freigestellt)
tray-open = Samovar öffnen
tray-pause = Benachrichtigungen pausieren
tray-pause-minutes = { $count } Minuten
tray-pause-hours =
    { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
tray-pause-tomorrow = Bis morgen
tray-pause-resume = Fortsetzen
tray-settings = Einstellungen …
tray-quit = Beenden
tray-tooltip = Samovar
tray-tooltip-focus = Samovar: Fokus bis { $time }
tray-tooltip-paused = Samovar: Benachrichtigungen pausiert bis { $time }
tray-tooltip-unseen =
    { $count ->
        [one] Samovar: 1 neuer Moment
       *[other] Samovar: { $count } neue Momente
    }
tray-tooltip-offline = Samovar: offline

## Benachrichtigungen

notify-snapshot-title = { $name } hat einen Moment geteilt
notify-snapshot-photos =
    { $count ->
        [one] Ein Foto
       *[other] { $count } Fotos
    }
notify-kudos-to-me-title = Dank von { $name }
notify-kudos-to-others-title = { $name } dankt { $names }
notify-reply-title =
    { $kind ->
        [kudos] { $name } hat auf deinen Dank geantwortet
        [snapshot] { $name } hat auf deinen Moment geantwortet
       *[other] { $name } hat dir geantwortet
    }
notify-reaction-title =
    { $kind ->
        [kudos] { $name } hat auf deinen Dank reagiert
        [snapshot] { $name } hat auf deinen Moment reagiert
       *[other] { $name } hat auf dich reagiert
    }
notify-gathering-soon-title =
    { $minutes ->
        [one] { $title } in 1 Minute
       *[other] { $title } in { $minutes } Minuten
    }
notify-gathering-starts-title = { $title } beginnt
notify-gathering-on-title = { $title } läuft
notify-gathering-body = { $start } bis { $end }
notify-gathering-body-no-link = { $start } bis { $end }. Es gibt noch keinen Link; frag im Team, wo ihr euch trefft.
notify-gathering-today-title = { $title } heute um { $time }
notify-gathering-tomorrow-title = { $title } morgen um { $time }
notify-gathering-ends-title = Noch fünf Minuten
notify-gathering-ends-body = { $title } endet um { $end }.
notify-camera-optional = Kamera freigestellt: außerhalb deiner Zeiten.
notify-pair-draw-today-title = Heute um { $time } werden Paare gelost
notify-pair-draw-tomorrow-title = Morgen um { $time } werden Paare gelost
notify-pair-draw-title = Bald werden Paare gelost
notify-pair-draw-body = Du machst mit. Ist die Woche zu voll, lass sie mit einem Klick aus.
notify-paired-title = Diese Woche triffst du { $names }
notify-paired-body =
    { $times ->
        [one] Eine Zeit passt allen. Sag, ob du kannst.
        [2] Zwei Zeiten passen allen. Wähle, wann du kannst.
        [3] Drei Zeiten passen allen. Wähle, wann du kannst.
       *[other] { $times } Zeiten passen allen. Wähle, wann du kannst.
    }
notify-pair-nobody-title = Diese Woche niemand zum Treffen
notify-pair-nobody-body = Es war niemand mehr übrig. Nächstes Mal kommst du zuerst dran.
notify-pair-ice-title = Brichst du das Eis mit { $names }?
notify-pair-ice-body = Noch hat niemand eine Zeit gewählt. Zwei Worte von dir genügen.
notify-pair-pause-title = Eine Pause von den Paargesprächen?
notify-pair-pause-body = Die letzten drei haben nicht gepasst. Das ist in Ordnung. Du kannst vier Wochen pausieren oder einfach weitermachen.
notify-voice-asked-title = { $name } fragt, was du denkst
notify-voice-half-title = { $name } würde dich gern hören, und die Hälfte der Zeit ist um
notify-voice-day-before-title = { $name } würde dich gern hören, und ein Tag ist noch
notify-package-asks-title = { $name } möchte dir etwas schicken
notify-birthday-title =
    { $days ->
        [-1] { $name } hatte gestern Geburtstag
        [0] { $name } hat heute Geburtstag
        [1] { $name } hat morgen Geburtstag
       *[other] { $name } hat in { $days } Tagen Geburtstag
    }
notify-anniversary-title =
    { $days ->
        [-1] { $name } ist seit gestern { $years ->
            [one] ein Jahr
           *[other] { $years } Jahre
        } im Team
        [0] { $name } ist heute seit { $years ->
            [one] einem Jahr
           *[other] { $years } Jahren
        } im Team
       *[other] { $name } ist in { $days ->
            [one] einem Tag
           *[other] { $days } Tagen
        } seit { $years ->
            [one] einem Jahr
           *[other] { $years } Jahren
        } im Team
    }
notify-celebration-ahead-body = So früh hören es nur die Koordinierenden. Post braucht eine Weile.
notify-celebration-today-body = Ein paar Worte genügen vielleicht.
notify-decision-closed-title = Entschieden: { $question }
notify-package-agreed-title = { $name } hätte dein Päckchen gern
notify-package-received-title = Dein Päckchen ist bei { $name }
notify-group-card-title = Es gibt eine Karte für { $to }. Schreibst du etwas dazu?
notify-card-for-me-title = Eine Karte für dich von { $name } und dem Team
notify-digest-people =
    { $count ->
        [one] Eine Neuigkeit von { $names }
       *[other] { $count } Neuigkeiten von { $names }
    }
notify-digest-focus-title = Während du vertieft warst
notify-digest-title = Während Ruhe war
notify-digest-separator = { " · " }
notify-digest-break-throughs =
    { $count ->
        [one] { $names } wollte dich erreichen
       *[other] { $count }-mal wollte man dich erreichen: { $names }
    }
notify-digest-kudos-to-me =
    { $count ->
        [one] Dank von { $names }
       *[other] { $count }-mal Dank von { $names }
    }
notify-digest-snapshots =
    { $count ->
        [one] 1 Moment von { $names }
       *[other] { $count } Momente von { $names }
    }
notify-digest-kudos-to-others =
    { $count ->
        [one] { $names } hat jemandem gedankt
       *[other] { $count }-mal Dank für andere
    }
notify-digest-replies =
    { $count ->
        [one] eine Antwort von { $names }
       *[other] { $count } Antworten von { $names }
    }
notify-digest-reactions =
    { $count ->
        [one] eine Reaktion von { $names }
       *[other] { $count } Reaktionen von { $names }
    }
notify-digest-gathering-on = { $title } läuft
notify-digest-gathering-ahead = { $title } um { $time }
notify-trouble-title = Das hat nicht geklappt
notify-action-open = Öffnen
notify-action-join = Teilnehmen
notify-action-snooze = In 5 Min. erinnern
notify-action-say-thanks = Danke sagen
notify-action-end-focus = Fokus beenden
notify-action-skip-week = Woche auslassen
notify-action-pause-pairs = 4 Wochen Pause
notify-action-never-again = Nie wieder
notify-break-through-title = { $name }: Es kann nicht warten
notify-snapshot-prompt-title = Wie ist es gerade bei dir?
notify-snapshot-prompt-body = Ein Foto oder ein paar Worte genügen, wenn du magst.
slack-status = Fokus bis { $time }

## Treffen und Paargespräche, wo immer man von ihnen liest

pair-call-with = Paargespräch mit { $names }
pair-why-met =
    Ihr habt diese Woche { $hours ->
        [0] weniger als eine Stunde
        [one] eine Stunde
       *[other] { $hours } Stunden
    } gemeinsam und habt euch { $weeks ->
        [one] eine Woche
       *[other] { $weeks } Wochen
    } nicht getroffen.
pair-why-never-met =
    Ihr habt diese Woche { $hours ->
        [0] weniger als eine Stunde
        [one] eine Stunde
       *[other] { $hours } Stunden
    } gemeinsam und hattet noch kein Paargespräch.
pair-unmatched-paused = Du machst diese Woche Pause. Danach bist du wieder dabei.
pair-unmatched-away = Du bist diese Woche nicht da. Wenn du zurück bist, bist du wieder dabei.
pair-unmatched-not-their-week = Das ist nicht deine Woche. In deinem Rhythmus bist du wieder dabei.
pair-unmatched-nobody-left = Diese Woche war niemand mehr für dich übrig. Nächstes Mal kommst du zuerst dran.
slot-turn = Zuletzt war es schwer für { $spared }; diesmal für { $taking }.
slot-spared = Zuletzt war es schwer für { $spared }, darum ist es diesmal leichter.
slot-taking = Diesmal ist es etwas unbequem für { $taking }.
slot-stays = Es bleibt ein paar Wochen bei dieser Zeit, damit sich alle daran gewöhnen.
slot-suits-all = Diese Zeit passt allen.
slot-sitting = Eine von zwei Runden: Diese passt denen, die zu ihr eingeladen sind.
rotation-each = { $count } Zeiten der Woche wechseln jedes Mal: Wer es am schwersten hatte, wird als Nächstes geschont.
rotation-monthly = { $count } Zeiten der Woche wechseln etwa monatlich: Wer es am schwersten hatte, wird als Nächstes geschont.
rotation-two-sittings = Es gibt jedes Mal zwei Runden, und alle sind zu der eingeladen, die ihnen passt.
prompt-small-joy = Welche Kleinigkeit hat dich diese Woche gefreut?
prompt-this-week = Worauf freust du dich diese Woche?
prompt-window = Was siehst du gerade aus deinem Fenster?
prompt-breakfast = Wie frühstückt man dort, wo du bist?
prompt-childhood-dish = Welches Gericht bringt dich in deine Kindheit zurück?
prompt-first-job = Was hat dich deine allererste Arbeit gelehrt?
prompt-learned-lately = Was hast du neulich gelernt, groß oder klein?
prompt-book = Welches Buch würdest du heute weitergeben?
prompt-song = Welches Lied hilft dir durch einen langen Nachmittag?
prompt-walk = Wohin führt dein liebster Spaziergang?
prompt-smell = Welcher Geruch bedeutet für dich Zuhause?
prompt-neighbour = Gibt es Nachbarn, oder deren Katze, mit einer Geschichte?
prompt-weather = Wie fühlt sich dein Lieblingswetter an?
prompt-tool = Welches Werkzeug benutzt du täglich und gern?
prompt-trick = Welcher kleine Kniff macht deinen Tag leichter?
prompt-helped = Wer hat dir neulich geholfen, und wie?
prompt-teach = Was könntest du uns in zehn Minuten beibringen?
prompt-curious = Worüber würdest du gern mehr wissen?
prompt-wrong = Was hast du viel zu lange geglaubt?
prompt-collection = Was sammelst du, oder hast du als Kind gesammelt?
prompt-season = Was ist das Schönste an der Jahreszeit bei dir?
prompt-street = Was würdest du uns in deinem Ort zuerst zeigen?
prompt-holiday = Welcher Feiertag ist bei dir etwas Besonderes?
prompt-word = Welches Wort deiner Sprache lässt sich nicht übersetzen?
prompt-game = Welches Spiel würdest du an einem Regentag mit uns spielen?
prompt-film = Welchen Film hast du öfter gesehen, als du zugibst?
prompt-plant = Wächst etwas bei dir zu Hause?
prompt-animal = Mit welchem Tier würdest du gern einen Tag lang reden?
prompt-morning = Wie beginnt für dich ein guter Morgen?
prompt-rest = Wie kommst du nach der Arbeit zur Ruhe?
prompt-mend = Was hast du neulich repariert?
prompt-gift = Was war das liebste Geschenk, das du je bekommen hast?
prompt-letter = Wem würdest du einen Brief mit der Hand schreiben?
prompt-journey = An welche Reise denkst du noch immer?
prompt-hero = Wen hast du als Kind bewundert?
prompt-superpower = Welche winzige Superkraft hättest du gern?
prompt-dream-day = Was würdest du morgen mit einem ganzen freien Tag anfangen?
prompt-quiet = Wo ist es bei dir am stillsten?
prompt-laugh = Worüber hast du neulich laut gelacht?
prompt-grateful = Wofür bist du heute dankbar?
prompt-team-wish = Was sollten wir eines Tages zusammen machen?
prompt-unfinished = An welche unfertige Sache denkst du noch gern?
prompt-home = Was macht einen Ort zu deinem?
prompt-next-week = Was würde die nächste Woche zu einer guten machen?
ispy-pet = Ein Haustier
ispy-plant = Eine Pflanze
ispy-slogan-mug = Eine Tasse mit Spruch
ispy-teapot = Eine Teekanne
ispy-headphones = Große Kopfhörer
ispy-bookshelf = Ein Bücherregal
ispy-window = Ein Fenster mit Aussicht
ispy-child = Ein Kind sagt hallo
ispy-guitar = Ein Instrument
ispy-map = Eine Karte oder ein Globus
ispy-hat = Ein Hut
ispy-stripes = Etwas Gestreiftes
ispy-scarf = Ein Schal
ispy-lamp = Eine schöne Lampe
ispy-candle = Eine Kerze
ispy-clock = Eine Uhr an der Wand
ispy-painting = Ein Gemälde
ispy-photo = Ein gerahmtes Foto
ispy-sofa = Ein Sofa
ispy-kitchen = Eine Küche
ispy-balcony = Frische Luft
ispy-bicycle = Ein Fahrrad
ispy-sticky-note = Ein Klebezettel
ispy-whiteboard = Eine Tafel
ispy-second-screen = Ein zweiter Bildschirm
ispy-blanket = Eine Decke
ispy-snack = Jemand isst
ispy-fruit = Ein Stück Obst
ispy-yawn = Ein Gähnen
ispy-laugh = Alle lachen
ispy-thumbs-up = Ein Daumen hoch
ispy-dance = Ein kleiner Tanz
ispy-echo = Ein Echo
ispy-muted = „Du bist stumm“
ispy-doorbell = Eine Türklingel
ispy-birdsong = Ein Vogel singt
ispy-rain = Regen
ispy-sunshine = Sonnenschein
ispy-night = Ein Nachthimmel
ispy-curtain = Ein gemusterter Vorhang
ispy-glasses = Eine bunte Brille
ispy-socks = Lustige Socken
ispy-knitting = Etwas Selbstgemachtes
ispy-game = Ein Brettspiel
ispy-souvenir = Ein Andenken
ispy-lucky-charm = Ein Glücksbringer
ispy-pen = Jemand schreibt mit der Hand mit
ispy-new-haircut = Eine neue Frisur

## Was diesem Rechner fehlt, oder was schiefging und behoben wurde

notice-no-tray = Dieser Desktop zeigt keine Symbole in der Leiste. Samovar öffnet sich mit seinem Fenster und von der Befehlszeile.
notice-no-notifications = Dieser Desktop zeigt keine Benachrichtigungen. Neues wartet auf der Seite „Heute“.
notice-database-set-aside = Die lokale Datenbank war nicht lesbar. Sie liegt jetzt unter { $path }; alles wurde neu geholt.
notice-disk-full = Die Festplatte ist voll. Schaffe Platz, damit behalten wird, was du schreibst.
notice-no-keyring = Auf diesem System antwortet kein Schlüsselbund. Geheimes ist vergessen, wenn Samovar endet, oder liegt in einer Datei, die nur du lesen kannst, falls du dem zugestimmt hast.

## Der Bildschirm

ui-today = Heute
ui-yesterday = Gestern
ui-you = Du
ui-views = Ansichten
ui-gatherings = Treffen
ui-settings = Einstellungen
ui-people = Leute
ui-right-now = Gerade jetzt
ui-close = Schließen
ui-back = Zurück
ui-continue = Weiter
ui-save = Speichern
ui-saved = Gespeichert
ui-copy = Kopieren
ui-keep = Behalten
ui-undo = Rückgängig
ui-end = Beenden
ui-start = Los
ui-start-now = Team starten
ui-join-now = Dem Team beitreten
ui-a-moment = Einen Moment …
ui-try-again = Noch einmal versuchen
ui-try-now = Jetzt versuchen
ui-resume = Fortsetzen
ui-dismiss = Ausblenden
ui-trouble-title = Samovar konnte das nicht öffnen
ui-own-profile = { $name }: dein Profil
ui-open-samovar = Samovar öffnen

ui-minutes = { $count } Min.
ui-hours = { $count } Std.
ui-days =
    { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
ui-just-now = gerade eben
ui-in = in { $duration }
ui-on-now = jetzt
ui-until = bis { $time }
ui-today-at = heute um { $time }
ui-tomorrow-at = morgen um { $time }
ui-day-at = { $day } um { $time }
ui-time-in = { $time } in { $city }
ui-time-for = { $time } für { $name }
ui-gone-today = Weg um { $time }
ui-gone-tomorrow = Weg morgen um { $time }
ui-gone-later = Weg { $day } um { $time }
ui-greeting-night = Hallo, { $name }
ui-greeting-morning = Guten Morgen, { $name }
ui-greeting-day = Guten Tag, { $name }
ui-greeting-evening = Guten Abend, { $name }
ui-more-people =
    { $count ->
        [one] 1 weitere Person
       *[other] { $count } weitere
    }

ui-offline-since = Ohne Verbindung seit { $time }.
ui-connecting = Verbinde …
ui-kept-for-you = Für dich aufgehoben: { $count }
ui-join-again = Mit einer Einladung beitreten
ui-signed-out = Dieser Computer gehört nicht mehr zum Team. Was du geschrieben hast, bleibt hier.
ui-paused-until = Benachrichtigungen ruhen bis { $time }.
ui-refused = Das konnte nicht geteilt werden: { $reason }
ui-copy-words = Worte kopieren
ui-words-copied = Die Worte sind in der Zwischenablage
ui-on-its-way = unterwegs

ui-portraits = Momente von heute
ui-share-snapshot = Moment teilen
ui-give-kudos = Danke sagen
ui-open-snapshots = Momente von { $name }
ui-open-new-snapshots = Neue Momente von { $name }
ui-open-snapshot = Moment von { $name } öffnen
ui-open-snapshot-showing = Moment von { $name } öffnen: { $alt }
ui-snapshot-of = Moment von { $name }
ui-photos = { $count } Fotos
ui-photo-without-words = Ein Foto ohne Beschreibung
ui-kudos-from-to = { $from } an { $to }
ui-only-for = Nur für { $names }
ui-only-for-you = Nur für dich
ui-all-but = Für alle außer { $names }
ui-react = Reaktion hinzufügen
ui-reaction = { $emoji } von { $names }
ui-reply = Antworten
ui-replies =
    { $count ->
        [one] 1 Antwort
       *[other] { $count } Antworten
    }
ui-reply-to = { $name } antworten
ui-send-reply = Antwort senden
ui-delete = Löschen
ui-delete-for-all = Für alle löschen
ui-delete-reply = Antwort löschen
ui-previous = Vorheriger
ui-next = Nächster
ui-hold = Anhalten (Leertaste)

ui-empty-title = Der Kessel ist aufgesetzt
ui-empty-words = Nichts wartet auf dich. Ein Foto vom Schreibtisch oder drei Worte zum Morgen sind ein guter Anfang.
ui-alone = Du bist als Erstes hier. Gib jemandem, mit dem du arbeitest, einen Link.
ui-no-gathering = Noch ist kein Treffen geplant.
ui-no-gathering-admin = Noch ist kein Treffen geplant. Eine wöchentliche Teezeit ist in einer Minute eingerichtet.
ui-plan-teatime = Teezeit planen
ui-join = Teilnehmen
ui-join-at = Teilnehmen um { $time }
ui-come = Ich bin dabei
ui-come-after-all = Doch dabei
ui-not-today = Heute nicht
ui-not-today-said = Du bist heute nicht dabei.
ui-coming-said = Du bist dabei.
ui-cannot-come = Ich kann nicht
ui-not-coming-said = Du bist nicht dabei.
ui-no-link-yet = Es gibt noch keinen Link.
ui-coming =
    { $count ->
        [one] eine Zusage
       *[other] { $count } Zusagen
    }
ui-camera-optional = Kamera freigestellt: { $people }
ui-camera-optional-you = Kamera freigestellt: außerhalb deiner Zeiten
ui-decisions = Entscheidungen
# Below an icon, where a long word has to break.
ui-rail-decisions = Entschei{ "\u00AD" }dungen
ui-decisions-words = Fragen, die warten, bis alle Beteiligten gehört sind oder ihre Zeit hatten.
ui-decisions-open = Offen
ui-decisions-over = Vorbei
ui-decisions-empty-title = Gerade ist nichts zu entscheiden
ui-decisions-empty-words = Eine Frage bleibt offen, bis alle Beteiligten gehört sind oder genug von ihrer eigenen Arbeitszeit hatten, um zu antworten, wo immer sie sind. Nachts wird niemand gefragt.
ui-decision-new = Etwas fragen
ui-decision-go-on = Weiter fragen
ui-decision-ask = Fragen
ui-decision-asked = Gefragt. Alle Beteiligten hören davon in ihrer Arbeitszeit.
ui-decision-question = Deine Frage
ui-decision-context = Was man dafür wissen muss (gern in Markdown)
ui-decision-preview = Vorschau
ui-decision-preview-hide = Vorschau ausblenden
ui-decision-style = Wie geantwortet wird
ui-style-for-against = Dafür oder dagegen
ui-style-ranked = Möglichkeiten ordnen
ui-style-words = In Worten
ui-decision-options = Die Möglichkeiten
ui-decision-option = Möglichkeit { $place }
ui-decision-option-add = Noch eine Möglichkeit
ui-decision-option-remove = Möglichkeit { $place } entfernen
ui-decision-involved = Wer gehört werden soll
ui-decision-everyone = Alle
ui-decision-voices = Stimmen
ui-decision-voices-open = Offen
ui-decision-voices-hidden = Bis zum Ende verborgen
ui-decision-voices-open-hint = Wer die Frage sieht, sieht auch, wer was sagt.
ui-decision-voices-hidden-hint = Sie sind versiegelt und werden am Ende geöffnet. Dass jemand gehört wurde, sieht man vorher.
ui-decision-seen-team = Alle
ui-decision-seen-only = Die Beteiligten
ui-decision-not-before = Nicht zu Ende vor (wenn du magst)
ui-decision-discard = Verwerfen
ui-decision-discarded = Deine Frage ist verworfen.
ui-decision-stays = Was gefragt ist, bleibt, wie es ist.
ui-decision-asks = { $name } fragt
ui-decision-you-ask = Du fragst
ui-decision-hidden = Verborgene Stimmen
ui-decision-earliest = Frühestens { $when } zu Ende
ui-decision-now = { $name } kann jetzt abschließen. Bis dahin kannst du noch gehört werden.
ui-decision-now-yours = Du kannst jetzt abschließen.
ui-decision-out-of-sight = Wann abgeschlossen werden kann, ist noch nicht abzusehen: Jemandes Arbeitszeit ist nicht bekannt.
ui-decision-closing = Dein Ergebnis ist unterwegs.
ui-decision-outcome = Was entschieden wurde
ui-decision-closed-at = Abgeschlossen { $when }
ui-decision-not-heard = Nicht gehört: { $names }
ui-decision-withdrawn = { $name } hat das zurückgenommen.
ui-decision-what-came = Was entschieden wurde
ui-decision-close = Entscheidung abschließen
ui-decision-withdraw = Zurücknehmen
ui-decision-withdraw-sure = Die Frage endgültig zurücknehmen?
ui-decision-rules = Wie viel Zeit alle haben
ui-decision-rules-words = Eine Frage ist offen, bis alle gehört sind oder { $working } Stunden ihrer eigenen Arbeitszeit und { $hours } Stunden insgesamt hatten. Freie Tage zählen nicht.
ui-decision-rules-change = Das ändern
ui-decision-rules-working = Arbeitsstunden für jede Person
ui-decision-rules-hours = Stunden insgesamt
ui-pulse = Puls
ui-pulse-question-belong = „Ich habe das Gefühl, in dieses Team zu gehören.“
ui-pulse-answer-1 = Gar nicht
ui-pulse-answer-2 = Ein wenig
ui-pulse-answer-3 = Teils, teils
ui-pulse-answer-4 = Meistens
ui-pulse-answer-5 = Sehr
ui-pulse-answer = Antworten
ui-pulse-not-this-time = Diesmal nicht
ui-pulse-put-away = Weglegen
ui-pulse-protects = Niemand kann erkennen, wer was gesagt hat, und auch nicht, wer geantwortet hat: Eine Antwort reist ohne deinen Namen, in einem zufälligen Moment der nächsten Stunden. Wie viele was gesagt haben, wird gezeigt, wenn die Runde schließt, und nur ab fünf Antworten.
ui-pulse-protects-not = Wenn alle dasselbe sagen, wissen alle, was alle gesagt haben.
ui-pulse-closes = Offen bis: { $when }
ui-pulse-answered = Du hast geantwortet, an diesem Computer.
ui-pulse-answered-words = Die Antwort geht in einem Moment der nächsten Stunden von selbst hinaus und wird dann hier vergessen. Schluss: { $when }
ui-pulse-elsewhere = Ein anderer Computer von dir hat die Antwort dieser Runde in der Hand. Jede Person hat eine, also antworte bitte von dort.
ui-pulse-unproven = Der Endpunkt deines Teams hat nicht bewiesen, dass er in dieser Runde alle gleich behandelt. Damit niemand zu erkennen ist, schickt dieser Computer keine Antwort.
ui-pulse-result = Wie viele was gesagt haben
ui-pulse-few = Weniger als fünf haben geantwortet, also wird nichts gezeigt.
ui-pulse-switch = Das Team einmal im Monat fragen
ui-pulse-switch-words = Eine Frage, am ersten Arbeitstag eines Monats: „Ich habe das Gefühl, in dieses Team zu gehören.“ Wer es ausschaltet, schließt die offene Runde.
ui-pulse-days = Wie viele Tage eine Runde offen ist (3 bis 21)
ui-pulse-next = Die nächste Runde öffnet: { $when }
ui-heard = Gehört
ui-awaited = Erwartet
ui-had-time = Hatten ihre Zeit und können noch sprechen
ui-awaited-time = { $name }: noch { $duration } Arbeitszeit
ui-awaited-away = { $name }: abwesend, zurück am { $day }
ui-awaited-worked = { $name }: hatte die eigene Arbeitszeit, noch nicht die Stunden insgesamt
ui-awaited-unknown = { $name }: Arbeitszeit nicht bekannt
ui-voices = Was gesagt wurde
ui-voices-needed = Entscheidungen, die deine Stimme brauchen
ui-voice-needed-any-time = Kann jederzeit abgeschlossen werden
ui-voice-yours = Deine Stimme
ui-voice-stance = Wo du stehst
ui-stance-for = Dafür
ui-stance-against = Dagegen
ui-stance-abstain = Enthaltung
ui-stance-more-talk = Braucht mehr Gespräch
ui-voice-words = Deine Worte
ui-voice-words-too = Ein paar Worte (wenn du magst)
ui-voice-say = Sagen
ui-voice-change = Stattdessen das sagen
ui-voice-take-back = Zurücknehmen
ui-voice-said = Du bist gehört worden. Du kannst es ändern, bis die Frage abgeschlossen ist.
ui-voice-not-said-yet = Das ist noch nicht gesagt.
ui-voice-open-hint = Sichtbar für alle, die die Frage sehen.
ui-voice-hidden-hint = Versiegelt, bis die Frage abgeschlossen ist.
ui-voice-sealed = Du bist von einem anderen Computer aus gehört worden, und was du gesagt hast, kann dieser nicht lesen. Du kannst stattdessen etwas anderes sagen.
ui-voice-unreadable = wurde gehört, ließ sich aber nicht öffnen
ui-voice-wait-for-key = Du kannst sprechen, sobald die Frage das Team erreicht hat und Samovar online war.
ui-rank-hint = Das Liebste zuerst. Ziehe sie oder nimm die Pfeiltasten.
ui-rank-order = Deine Reihenfolge
ui-rank-handle = { $option }, { $place } von { $count }: mit den Pfeiltasten verschieben
ui-rank-up = { $option } nach oben
ui-rank-down = { $option } nach unten
ui-rank-not = Gar nicht
ui-rank-unwanted = Gar nicht:
ui-rank-want = { $option }
ui-rank-moved = { $option } ist jetzt { $place } von { $count }
ui-rank-left = { $option } ist draußen

ui-gatherings-words = Die kommenden vier Wochen, in deiner Zeit.
ui-gatherings-empty-title = Noch ist nichts geplant
ui-gatherings-empty-words = Ein Treffen ist eine halbe Stunde ohne Tagesordnung. Sobald eine Reihe geplant ist, stehen hier die kommenden Wochen.
ui-plan-series = Eine Reihe planen
ui-maybe = Vielleicht
ui-maybe-said = Du kommst vielleicht.
ui-maybe-names = Vielleicht: { $names }
ui-coming-names = Es kommen: { $names }
ui-others = andere
ui-room-with = Dein Raum: { $names }
ui-cancelled = Fällt aus
ui-cancelled-said = { $title } fällt aus
ui-call-off = Absagen
ui-call-on-again = Findet doch statt
ui-not-invited = Dieses ist für andere.
ui-i-spy = Ich sehe was
ui-i-spy-title = Ich sehe was, was ihr auch seht
ui-i-spy-words = Alle im Gespräch haben diese Karte. Markiere, was du siehst; nur du siehst deine Zeichen.
ui-i-spy-line = Eine Reihe! Sag es laut.
ui-prompts-show = Etwas zum Reden
ui-series = Reihen
ui-series-next = Nächstes Mal: { $when }
ui-series-next-none = Es steht nichts bevor.
ui-series-edit = { $title } ändern
ui-series-new = Neue Reihe
ui-series-delete = Die Reihe löschen
ui-series-deleted = { $title } ist gelöscht, mit allem, was geplant war
ui-series-activity = Wofür
ui-series-activity-teatime = Teezeit
ui-series-activity-lunch = Mittagessen
ui-series-activity-other = Etwas anderes
ui-series-note = Worum es geht
ui-series-slots = Wann es sein kann
ui-series-slots-words = Mehrere Zeiten der Woche wechseln sich ab, damit nicht immer dieselben früh aufstehen.
ui-series-slot-add = Noch eine Zeit
ui-series-slot-remove = Diese Zeit entfernen
ui-series-slot-number = Zeit { $number }
ui-series-rotate = Wie sie sich abwechseln
ui-series-rotate-each = Jedes Mal
ui-series-rotate-monthly = Etwa monatlich
ui-series-two-sittings = Jedes Mal zwei Runden
ui-series-two-sittings-words = Für Teams, denen keine Zeit gemeinsam passt: Alle sind zu der eingeladen, die ihnen passt.
ui-series-place = Wo
ui-series-place-link = Ein Link
ui-series-place-jitsi = Jedes Mal ein Jitsi-Raum
ui-series-place-later = Später
ui-series-jitsi = Jitsi-Server
ui-series-jitsi-words = Jedes Treffen bekommt einen eigenen Raum; Kamera und Mikrofon sind beim Eintreten aus.
ui-series-rooms = Räume zu dritt oder viert, wenn viele kommen
ui-series-rooms-words = Jedes Mal neu gemischt, zehn Minuten vor Beginn.
ui-series-invited = Wer eingeladen ist
ui-series-invited-all = Das ganze Team
ui-series-invited-some = Einige
ui-series-prompts = Worüber ihr reden könnt
ui-series-prompts-words = Eins pro Zeile. Steht nichts da, schlägt Samovar etwas vor.
ui-series-reminders = Erinnerungen
ui-series-ahead = Minuten vorher (0 für keine)
ui-series-at-start = Wenn es beginnt
ui-series-before-end = Fünf Minuten vor dem Ende
ui-pairs = Paargespräche
ui-pairs-words = Eine halbe Stunde mit jemandem aus dem Team, gelost.
ui-pairs-join = Mitmachen
ui-pairs-joined = Du machst bei Paargesprächen mit
ui-pairs-leave = Nicht mehr mitmachen
ui-pairs-left = Du bist nicht mehr dabei
ui-pairs-settings = Deine Paargespräche
ui-pairs-private = All das ist allein für die Losung. Niemand sonst sieht es je.
ui-pairs-every = Wie oft
ui-pairs-pause = Pause bis
ui-pairs-paused-until = Du machst Pause bis { $day }.
ui-pairs-topics = Worüber du gern redest
ui-pairs-topics-words = Eins pro Zeile. Eine Notiz für dich zum Gespräch: Niemand sonst sieht sie.
ui-pairs-own-topics = Deine Notiz für dich: { $topics }
ui-pairs-not-with = Lieber nicht mit
ui-pairs-not-with-words = Vertraulich. Es wird nie als Grund genannt.
ui-pairs-saved = Dein Wunsch ist gespeichert
ui-pair-draw-words = Gelost wird einmal in der Woche, an diesem Tag um 10:00. Wer mitmacht, hört am Tag davor davon.
ui-pairs-next = Das nächste Mal wird { $when } gelost.
ui-pairs-next-not-you = Das nächste Mal wird { $when } gelost; du bist nicht dabei.
ui-pairs-skip = Diese Woche auslassen
ui-pairs-skipped = Du lässt diese Losung aus.
ui-pairs-skip-undone = Du bist wieder dabei
ui-pairs-take-part-after-all = Doch mitmachen
ui-pairs-meet = Du triffst { $names }
ui-pairs-times = Wann kannst du?
ui-pairs-times-words = Wähle alle, die dir passen. Die erste, die allen passt, gilt.
ui-pairs-time-theirs = { $time } bei { $name }
ui-pairs-time-chosen = passt { $name }
ui-pairs-agreed = Ihr trefft euch { $when }.
ui-pairs-no-time = Nun passt doch keine Zeit allen. Wähle eine andere, oder schreibt euch.
ui-pairs-cannot = Kann diese Woche nicht
ui-pairs-cannot-said = Du kannst diese Woche nicht.
ui-pairs-others-cannot = Diese Woche geht es nicht bei { $names }. Vielleicht nächstes Mal.
ui-pairs-waiting = Du hast gewählt. Nun kommt es auf { $names } an.
ui-pairs-ice-you = Noch hat niemand gewählt. Brichst du das Eis?
ui-pairs-ice-other = Noch hat niemand gewählt. { $name } bricht das Eis.
ui-focusing-until = vertieft bis { $time } Ortszeit
ui-working = bei der Arbeit
ui-working-until = da bis { $time } Ortszeit
ui-off = nicht da
ui-starts-in = beginnt in { $duration }
ui-back-tomorrow = morgen wieder da
ui-back-on = wieder da am { $day }

ui-focus = Fokus
ui-focus-none = gerade nicht
ui-focus-minutes = { $count } Minuten Fokus
ui-focus-until-choose = Bis …
ui-focus-until-time = Fokus bis
ui-focus-until = Fokus bis { $time }
ui-heads-down = Vertieft
ui-focus-held =
    { $count ->
        [0] Nichts wartet auf dich.
        [one] Eines wartet auf dich.
       *[other] { $count } Dinge warten auf dich.
    }
ui-focus-team-sees = Das Team sieht „bis { $time }“.
ui-ends-by-itself = Endet von selbst
ui-end-now = Jetzt beenden
ui-focus-title = Etwas Zeit für dich
ui-focus-words = Das Team sieht, bis wann. Wie viele Minuten?
ui-focus-note = Wofür? (das Team sieht es)
ui-focus-will-hold = Samovars Benachrichtigungen warten und kommen zusammen, wenn du zurück bist. Ein Treffen, dem du zugesagt hast, ruft dich trotzdem.
ui-blocks = Wiederkehrender Fokus
ui-blocks-words = Fokus, der an diesen Tagen von selbst beginnt und endet. Beendest du ihn früher, kommt er an dem Tag nicht wieder.
ui-blocks-none = keiner
ui-blocks-note-example = schreibe; ab 15:30 frei
ui-reachable = Andere durchlassen
ui-reachable-words = Wie viele am Tag, jeweils mit einem Grund. Alle anderen warten.
ui-reachable-times =
    { $count ->
        [0] Niemanden
       *[other] { $count }
    }
ui-gathering-ends-focus = Ein Treffen, zu dem ich komme, beendet den Fokus
ui-gathering-ends-focus-words = Zwei Minuten vor dem Beginn, damit noch Zeit für Tee ist.
ui-do-not-disturb = Auch „Nicht stören“ des Systems
ui-do-not-disturb-words = Ein, solange der Fokus dauert; danach wieder wie zuvor.
ui-do-not-disturb-not-here = Hier kann Samovar das „Nicht stören“ des Systems nicht setzen. Es hält seine eigenen Mitteilungen zurück; andere Programme zeigen ihre vielleicht weiter.
ui-break-through = Durchdringen…
ui-break-through-to = Zu { $name } durchdringen…
ui-break-through-why = Warum kann es nicht warten? { $name } liest das.
ui-break-through-send = Jetzt rufen
ui-break-through-sent = { $name } hat es.
ui-waiting-count = Für dich aufgehoben: { $count }
ui-waiting-deliver = Jetzt zeigen
ui-digests = Neues zu festen Zeiten
ui-digests-words = Bis zu dreimal am Tag, in deinen Arbeitszeiten. Treffen kommen zu ihrer eigenen Zeit.
ui-digests-none = sofort
ui-digest-at = Zeit { $number }
ui-digest-add = Noch eine Zeit
ui-digest-remove = Zeit { $number } entfernen
ui-snapshot-prompt = Frag mich nach einem Moment
ui-snapshot-prompt-words = Höchstens einmal am Arbeitstag, zu wechselnder Zeit, und nicht, wenn du schon geteilt hast.
ui-slack-words = Zeigt „Fokus bis …“ in Slack, hält dessen Mitteilungen an und stellt danach wieder her, was vorher da war.
ui-slack-token = User-Token
ui-slack-scopes = Es braucht users.profile:read, users.profile:write, dnd:read und dnd:write.
ui-slack-in-file = Hat dieser Rechner keinen Schlüsselbund, bewahre das Token in einer Datei auf, die nur ich lesen kann. Sonst ist es vergessen, wenn Samovar endet.
ui-slack-connect = Verbinden
ui-slack-remove = Trennen
ui-slack-connected = Verbunden.
ui-slack-kept-keyring = Das Token liegt im Schlüsselbund dieses Systems.
ui-slack-kept-file = Das Token liegt in einer Datei, die nur du lesen kannst.
ui-slack-kept-this-run = Das Token ist vergessen, wenn Samovar endet.
ui-slack-trouble = Slack nimmt das Token nicht mehr an ({ $code }). Dein Fokus geht ohne Slack weiter; verbinde dich mit einem neuen.

ui-popover-tabs = Was du tun kannst
ui-popover-no-team = Auf diesem Computer gibt es noch kein Team.
ui-tab-snapshot = Moment
ui-tab-kudos = Danke
ui-tab-focus = Fokus
ui-snapshot-words = Worte zum Moment
ui-snapshot-placeholder = Wie sieht dein Tag aus?
ui-from-file = Datei
ui-from-camera = Kamera
ui-from-screen = Bildschirm
ui-take-photo = Foto aufnehmen
ui-no-camera = Hier lässt sich keine Kamera nutzen. Ein Foto aus einer Datei geht genauso gut.
ui-choose-file = Datei wählen
ui-preparing = Das Foto wird vorbereitet …
ui-location-removed = Der Aufnahmeort wurde entfernt
ui-remove-photo = Foto entfernen
ui-alt = Was das Foto zeigt
ui-alt-placeholder = Was es zeigt, für alle, die es nicht sehen
ui-lasts = Bleibt
ui-lifetime-8h = 8 Std.
ui-lifetime-24h = 24 Std.
ui-lifetime-3d = 3 Tage
ui-for = Für
ui-seen-by = Wer es sieht
ui-everyone = Alle in { $team }
ui-audience-team = Alle
ui-audience-only = Nur …
ui-audience-only-whom = Wähle, wer es sieht.
ui-audience-except = Alle außer …
ui-audience-except-whom = Wähle, wer es nicht sieht.
ui-find-person = Person suchen
ui-nobody-else = Noch ist niemand sonst hier.
ui-nobody-found = Niemand mit diesem Namen.
ui-key-hide = Esc
ui-keys-send = Strg ↵
ui-keys-send-mac = ⌘ ↵
ui-keeps-draft = behält den Entwurf
ui-share = Teilen
ui-shared = Mit { $team } geteilt
ui-shared-only = Mit den Ausgewählten geteilt
ui-shared-except = Mit allen außer den Ausgewählten geteilt
ui-give = Danken
ui-kudos-given = Dein Dank ist unterwegs
ui-kudos-words = Wofür du dankst
ui-kudos-placeholder = Danke für …
ui-kudos-to = Wem dankst du?
ui-kudos-choose = Wähle, wem du dankst.
ui-kudos-more-words = Noch ein paar Worte, damit klar wird, wofür.
ui-kudos = Danke
ui-kudos-search = Worte und Namen suchen
ui-kudos-person = Von oder an
ui-kudos-anybody = Alle Personen
ui-kudos-value = Für welchen Wert
ui-kudos-any-value = Alle Werte
ui-kudos-value-choose = Wofür steht es?
ui-kudos-show-all = Alle zeigen
ui-kudos-nothing-found = So einen Dank gibt es hier nicht
ui-kudos-more = Mehr zeigen
ui-kudos-older = Ältere suchen
ui-kudos-no-older = Ältere gibt es nicht.
ui-kudos-empty-title = Noch kein Dank
ui-kudos-empty-words = Wer hat dir diese Woche etwas leichter gemacht? Zwei Sätze genügen.
ui-kudos-just-them = Nur wir
ui-kudos-seen-team = Alle in { $team } werden es sehen.
ui-kudos-seen-only = Außer für dich nur für { $names } sichtbar.
ui-kudos-seen-only-them = Außer für dich nur für die sichtbar, denen du dankst.
ui-kudos-seen-wish =
    { $count ->
        [one] { $names } mag Dank lieber unter euch.
       *[other] { $names } mögen Dank lieber unter euch.
    }
ui-kudos-many = Du hast heute schon vielen gedankt. Ein paar Worte mehr geben jedem Dank Gewicht.
ui-kudos-long-title = Jemand, dem du eine Weile nicht gedankt hast
ui-kudos-long = Es ist eine Weile her, dass du { $names } gedankt hast.
ui-kudos-long-words = Auf diesem Rechner ermittelt, nur für dich.
ui-kudos-long-thank = { $name } danken
ui-kudos-long-off = Nicht mehr erinnern
ui-kudos-long-is-off = Du wirst nicht mehr erinnert. In den Einstellungen lässt es sich wieder einschalten.
ui-kudos-cancel = Abbrechen
ui-kudos-edit = Worte ändern
ui-kudos-edit-until = Änderbar bis { $time }.
ui-kudos-hide = Vor anderen verbergen
ui-kudos-hide-words = Nur wer ihn gab und bekam, behält ihn. Das lässt sich nicht zurücknehmen, aber { $name } kann neu danken.
ui-kudos-hidden = Er bleibt unter euch.
ui-kudos-deleted = Der Dank ist gelöscht
ui-thank-me = Dank an mich
ui-thank-me-words = Das Team sieht, was dir lieber ist, und wer dir dankt, hält sich daran.
ui-thank-me-public = Vor allen
ui-thank-me-between-us = Unter uns
ui-think-of-others = An Menschen erinnern, denen ich eine Weile nicht gedankt habe
ui-think-of-others-words = Auf diesem Rechner ermittelt und nur dir gezeigt.
ui-values = Was dem Team wichtig ist
ui-values-words = Ein Dank kann für einen der Werte stehen. Was du von der Liste nimmst, wird nicht mehr angeboten; früherer Dank behält es.
ui-value-name = Name des Werts
ui-value-new = Ein neuer Wert
ui-value-emoji = Emoji des neuen Werts
ui-value-emoji-of = Emoji von { $name }
ui-value-add = Wert hinzufügen
ui-value-retire = { $name } von der Liste nehmen
ui-missed-title = Was du verpasst haben könntest
ui-missed-kudos = { $from } dankte { $to }: { $reason }
ui-missed-decision = Entschieden: { $question } { $words }
ui-missed-put-away = Weglegen
ui-missed-all = Alle zeigen

ui-welcome = Ein warmer Ort für alle, die getrennt arbeiten
ui-welcome-words = Momente, Dank und Tee mit deinem Team. Nichts zählt, vergleicht oder beobachtet dich.
ui-way-join = Einem Team beitreten
ui-way-join-words = Jemand hat dir einen Einladungslink gegeben.
ui-already-in-team = Dieser Samovar ist schon im Team { $team }. Für ein zweites Team starte einen weiteren daneben: samovar --profile ORDNER.
ui-way-start = Ein Team auf diesem Computer starten
ui-way-start-words = Geht sofort: kein Konto, kein Server.
ui-way-host = Ein Team hosten
ui-way-host-words = Ein Befehl auf einem Computer, den dein Team erreicht.
ui-invite-link = Einladungslink
ui-invite-leads-to = Diese Einladung führt zu { $host }.
ui-invite-safe = Die Verbindung ist vertraulich.
ui-invite-unsafe = Die Verbindung ist nicht verschlüsselt. Tritt nur bei, wenn du diesem Netz vertraust.
ui-invite-unreachable = Dort antwortet gerade niemand. Prüfe den Link und dein Netz.
ui-join-host = Bei { $host } beitreten
ui-team-name = Name des Teams
ui-team-name-example = Küchentisch
ui-start-hint = Dieser Computer bewahrt alles für das Team auf. Du kannst andere einladen und später auf einen Server umziehen.
ui-host-address = Die Adresse für dein Team
ui-host-address-amiss = Eine Adresse sieht aus wie https://tea.example.org.
ui-host-run-there = Führe dies auf dem Computer aus, den dein Team unter dieser Adresse erreicht, mit HTTPS davor; docs/SELF-HOSTING.md zeigt, wie.
ui-host-run-here = Ohne Adresse ist das zum Ausprobieren: erreichbar nur von diesem Computer aus.
ui-host-then = Der Befehl zeigt eine Einladung für dich. Füge sie hier ein, und das Team gehört dir.
ui-host-have-invite = Ich habe die Einladung
ui-command-copied = Der Befehl ist in der Zwischenablage
ui-about-you = Über dich
ui-your-name = Dein Name
ui-zone = Zeitzone
ui-zone-now = Dort ist es jetzt { $time }.
ui-zone-differs = Dieser Computer scheint in { $city } zu sein.
ui-zone-use = Übernehmen
ui-hours-title = Arbeitszeiten
ui-hours-hint = werktags neun bis siebzehn Uhr; jetzt oder später änderbar
ui-hours-words = Das Team sieht, wann du erreichbar bist, und niemand erwartet dich außerhalb dieser Zeiten.
ui-hours-free = frei
ui-hours-from = { $day } von
ui-hours-to = { $day } bis
ui-hours-add = Noch eine Zeitspanne am { $day }
ui-hours-remove = Diese Zeitspanne am { $day } entfernen
ui-hear-title = Wovon du hören möchtest
ui-hear-words = Als Benachrichtigung auf diesem Computer. Alles andere wartet still auf „Heute“.
ui-hear-snapshots = Neue Momente
ui-hear-kudos-to-me = Dank an mich
ui-hear-kudos-to-others = Dank an andere
ui-hear-answers = Antworten und Reaktionen auf das, was ich geteilt habe
ui-hear-gatherings = Treffen, die gleich beginnen
ui-to-today = Heute öffnen

## Menschen in ihren Zeitzonen, und Absprachen

ui-people-earlier = Der Tag davor
ui-people-later = Der Tag danach
ui-people-now = Jetzt
ui-people-to-now = Zurück zu jetzt
ui-people-slider = Vorausschauen
ui-people-slider-hint = Pfeiltasten gehen um eine Viertelstunde, mit Umschalt um eine Stunde; Pos1 ist jetzt.
ui-people-at = { $day }, { $time }
ui-people-at-now = Jetzt, { $time }
ui-people-find = Person suchen
ui-people-nobody-found = Niemand mit diesem Namen.
ui-people-together-all = Ihr alle arbeitet von { $from } bis { $until }, deine Zeit.
ui-people-together-some = { $count } von { $all } arbeiten gleichzeitig von { $from } bis { $until }, deine Zeit.
ui-people-together-none = An diesem Tag arbeiten keine zwei von euch gleichzeitig.
ui-people-alone-title = Die Welt ist weit
ui-people-alone = Sobald jemand dazukommt, steht dessen Tag hier neben deinem.
ui-people-no-hours = hat keine Arbeitszeiten angegeben
ui-people-open = { $name }: { $time }, { $state }
ui-people-norms = Absprachen des Teams
ui-person-away = abwesend, wieder da am { $day }
ui-person-focusing = im Fokus bis { $time }
ui-person-at-work = bei der Arbeit
ui-person-off = außerhalb der Arbeitszeit
ui-person-off-you = außerhalb deiner Arbeitszeit
ui-reply-seen-now = Sieht es jetzt
ui-reply-seen-today = Sieht es um { $time }
ui-reply-seen-day = Sieht es { $day } um { $time }
ui-reply-by-today = antwortet bis { $time }
ui-reply-by-day = antwortet bis { $day } { $time }
ui-reply-on-channel = { $channel }: { $reply }
ui-reply-their-time = { $reply } (deren Zeit)
ui-reply-none = Die Absprachen versprechen keine Antwort.
ui-profile-of = Profil von { $name }
ui-profile-in = { $time } in { $city }
ui-profile-travelling = In { $city } bis { $day }; zu Hause in { $home }
ui-profile-travel-ahead = { $from } bis { $until }: in { $city }
ui-profile-away = Abwesend ab { $from }, wieder da am { $until }
ui-profile-hours = Arbeitszeiten
ui-profile-their-clock = nach der Uhr in { $city }
ui-profile-focus = Im Fokus bis { $time } dortiger Zeit
ui-profile-focus-reachable = { $name } lässt ein paar Mal am Tag jemanden durch, der sagt, warum es nicht warten kann. Alles andere kommt nach dem Fokus.
ui-profile-focus-alone = { $name } lässt diesmal niemanden durch. Was du jetzt teilst, kommt nach dem Fokus.
ui-profile-expect = Wenn du jetzt schreibst
ui-profile-expect-words = Nach der Uhr von { $name } und den Absprachen des Teams.
ui-profile-edit = Dein Profil bearbeiten
ui-profile-to-norms = Wie wir antworten und uns treffen
ui-their-time = Es ist { $times }.
ui-their-away = { $name } ist abwesend und am { $day } wieder da.

ui-norms = Absprachen
ui-norms-words = Was wir voneinander erwarten, damit niemand raten muss. Niemandes Antworten werden gezählt.
ui-norms-channels = Wo wir schreiben
ui-norms-within =
    { $count ->
        [one] Antwort innerhalb 1 Arbeitsstunde
       *[other] Antwort innerhalb von { $count } Arbeitsstunden
    }
ui-norms-no-reply = Keine Antwort wird erwartet
ui-norms-meetings = Wenn wir uns treffen
ui-norms-off-hours = Außerhalb deiner Arbeitszeit erwartet niemand eine Antwort.
ui-norms-off-hours-not = Hin und wieder wird auch außerhalb der Arbeitszeit eine Antwort erwartet.
ui-norms-none = Euer Team hat seine Absprachen noch nicht aufgeschrieben.
ui-norms-none-admin = Ein paar Zeilen genügen: wo ihr was schreibt, und bis wann man auf eine Antwort hoffen darf.
ui-norms-begin = Absprachen aufschreiben
ui-norms-edit = Bearbeiten
ui-norms-channel = Kanal
ui-norms-channel-name = Name
ui-norms-channel-when = Wofür er da ist
ui-norms-channel-hours = Antwort innerhalb von (Arbeitsstunden)
ui-norms-channel-hours-none = keine
ui-norms-channel-add = Kanal hinzufügen
ui-norms-channel-remove = { $name } entfernen
ui-norms-off-hours-switch = Keine Antwort nötig außerhalb der Arbeitszeit
ui-norms-cancel = Abbrechen
ui-norms-saved = Die Absprachen sind gespeichert
ui-norms-example-chat = Chat
ui-norms-example-chat-when = Für alles, was heute gebraucht wird.
ui-norms-example-mail = Mail
ui-norms-example-mail-when = Für alles, was bis morgen warten kann.
ui-norms-example-meetings = Die Kamera ist freiwillig. Wer nicht kommen konnte, liest die Notizen.

ui-days-title = Reisen und freie Tage
ui-days-words = Das Team sieht, wie spät es bei dir ist und wann du wieder da bist. Sonst bleibt alles wie in deinem Profil.
ui-days-travel = Reisen
ui-days-away = Freie Tage
ui-days-travel-line = { $from } bis { $until } in { $city }
ui-days-away-line = { $from }, wieder da am { $until }
ui-days-from = Von
ui-days-until = Letzter Tag dort
ui-days-back-on = Wieder da am
ui-days-note = Wofür (wenn du magst)
ui-days-add-travel = Reise hinzufügen
ui-days-add-away = Freie Tage hinzufügen
ui-days-remove = { $what } entfernen
ui-days-over = vorbei

ui-zone-ask = Dieser Computer ist jetzt auf die Zeit in { $city } gestellt. Bist du auf Reisen oder umgezogen?
ui-zone-ask-home = Dieser Computer ist wieder auf die Zeit zu Hause gestellt. Bist du zurück?
ui-zone-travelling = Auf Reisen bis
ui-zone-travelling-set = Eintragen
ui-zone-moved = Umgezogen
ui-zone-back = Ich bin zurück
ui-zone-leave = So lassen

ui-set-profile = Dein Profil
ui-set-look = Aussehen und Sprache
ui-set-computer = Dieser Computer
ui-set-about = Über Samovar
ui-pronouns = Pronomen
ui-about-me = Ein paar Worte über dich
ui-quiet-hours = Ruhe außerhalb meiner Arbeitszeiten
ui-quiet-hours-words = Was dann kommt, wartet und wird zusammen gezeigt.
ui-theme = Aussehen
ui-theme-system = Wie das System
ui-theme-light = Hell
ui-theme-dark = Dunkel
ui-language = Sprache
ui-lifetime-default = Ein Moment bleibt
ui-autostart = Mit dem Computer starten
ui-autostart-words = Still, in der Leiste.
ui-shortcut = Tastenkürzel
ui-shortcut-words = Öffnet das kleine Fenster von überall.
ui-shortcut-none = Keines
ui-shortcut-set = Tastenkürzel: { $keys }. Drücken, um es zu ändern.
ui-shortcut-press = Drücke die Tasten …
ui-shortcut-clear = Entfernen
ui-calendar-title = Dein Kalender
ui-calendar-words = Deine Treffen und Zweiergespräche, für jedes Kalenderprogramm lesbar unter einer privaten Adresse. Wer die Adresse hat, sieht sie; behalte sie für dich. Niemand erfährt, wann sie gelesen wird.
ui-calendar-make = Adresse anlegen
ui-calendar-address = Private Adresse
ui-calendar-copy = Kopieren
ui-calendar-copy-webcal = Als webcal kopieren
ui-calendar-copied = Die Adresse ist in der Zwischenablage
ui-calendar-once = Sie wird nur dieses eine Mal gezeigt und nirgends aufgehoben. Ist sie verloren, lege eine neue an.
ui-calendar-on-this-computer = Das Team ist auf diesem Computer: Nur Kalenderprogramme hier können die Adresse lesen, und nur solange Samovar läuft.
ui-calendar-since = Du hast seit { $day } eine Adresse. Sie ist nirgends aufgehoben; eine neue beendet die alte.
ui-calendar-renew = Neue Adresse
ui-calendar-end = Beenden
ui-calendar-in-google = Google Kalender, im Browser: „Weitere Kalender“, +, „Per URL“, einfügen. Google sieht nur ein paarmal am Tag nach.
ui-calendar-in-outlook = Outlook: „Kalender hinzufügen“, „Aus dem Internet abonnieren“, einfügen.
ui-calendar-in-apple = Apple Kalender: „Ablage“, „Neues Kalenderabonnement“, einfügen.
ui-calendar-in-thunderbird = Thunderbird: „Neuer Kalender“, „Im Netzwerk“, „Diese Adresse benötigt keine Anmeldedaten“, einfügen.
ui-own-calendar-title = Wann du beschäftigt bist
ui-own-calendar-words = Samovar kann deinen eigenen Kalender lesen, damit die Treffen des Teams deinen Terminen ausweichen. Nur dieser Computer liest ihn, einmal in der Stunde; seine Adresse und was darin steht bleiben hier.
ui-own-calendar-address = Private Adresse deines Kalenders (iCal)
ui-own-calendar-read = Lesen
ui-own-calendar-read-at = gelesen am { $day } um { $time }
ui-own-calendar-preview = { $count ->
    [0] Keine belegte Zeit in den nächsten 5 Wochen.
    [one] Eine belegte Zeit in den nächsten 5 Wochen.
   *[other] { $count } belegte Zeiten in den nächsten 5 Wochen.
}
ui-own-calendar-tell = Der Planung des Teams sagen, wann ich beschäftigt bin
ui-own-calendar-tell-words = Nur diese Zeiten verlassen deinen Computer, in vollen halben Stunden und ohne Titel. Niemand im Team sieht sie; Treffen mit mehreren Zeiten und Zweiergespräche weichen ihnen aus.
ui-own-calendar-remove = Nicht mehr lesen
ui-invite-title = Leute einladen
ui-invite-uses = Für wie viele?
ui-copy-invite = Einladungslink kopieren
ui-invite-copied = Der Einladungslink ist in der Zwischenablage
ui-invite-until = Er gilt bis { $day }, { $time }.
ui-invite-on-this-computer = Dieser Computer muss laufen und für die anderen erreichbar sein.
ui-teatime = Teezeit
ui-series-title = Teezeit
ui-series-words = Kommt von selbst wieder und ruft alle zehn Minuten vorher.
ui-series-name = Titel
ui-series-link = Link zum Gespräch
ui-series-day = Tag
ui-series-time = Uhrzeit
ui-series-minutes = Minuten
ui-series-every = Wie oft
ui-series-weeks =
    { $count ->
        [one] Jede Woche
       *[other] Alle { $count } Wochen
    }
ui-series-saved = Die Teezeit ist geplant
ui-celebrations = Feiern
ui-celebrations-words = Nur wenn du magst. Diese Tage lesen nur du und der Endpunkt des Teams; er sagt sie so weiter, wie du es hier bestimmst.
ui-celebrations-birthday = Geburtstag
ui-celebrations-month = Monat
ui-celebrations-day = Tag
ui-celebrations-none = Nicht gesagt
ui-celebrations-no-year = Ohne das Jahr, das niemand zu wissen braucht.
ui-celebrations-leap = In Jahren ohne 29. Februar
ui-celebrations-leap-before = 28. Februar
ui-celebrations-leap-after = 1. März
ui-celebrations-joined = Im Team seit
ui-celebrations-joined-words = Von diesem Tag an zählen die Jahre im Team.
ui-celebrations-clear = Entfernen
ui-celebrations-tell-team = Dem Team am Tag selbst sagen
ui-celebrations-tell-team-words = Sonst hören es nur die Koordinierenden.
ui-celebrations-please-do-not = Bitte feiert mich nicht
ui-celebrations-please-do-not-words = Niemandem wird etwas gesagt, und niemand kann für so einen Tag eine Karte oder ein Päckchen beginnen.
ui-celebrations-kept = Deine Tage bleiben hier, ohne dass jemand davon hört, bis du sie entfernst.
ui-celebrations-nothing = Du hast nichts gesagt, also hört niemand etwas.
ui-celebrations-next-birthday = Dein nächster Geburtstag ist am { $day }.
ui-celebrations-next-anniversary =
    { $years ->
        [one] Am { $day } bist du ein Jahr im Team.
       *[other] Am { $day } bist du { $years } Jahre im Team.
    }
ui-celebrations-who-ahead =
    { $count ->
        [one] { $names } koordiniert und hört es { $days ->
            [one] einen Tag
           *[other] { $days } Tage
        } vorher.
       *[other] { $names } koordinieren und hören es { $days ->
            [one] einen Tag
           *[other] { $days } Tage
        } vorher.
    }
ui-celebrations-who-nobody = Es gibt keine Koordinierenden, die es vorher hören würden.
ui-celebrations-who-team = Das Team hört es am Tag selbst.
ui-celebrations-saved = Gespeichert: was gefeiert werden soll
ui-celebrations-coordinators = Koordinierende
ui-celebrations-coordinators-words = Sie hören früh genug für die Post, was es zu feiern gibt. Wer gefeiert wird, merkt davon nichts.
ui-celebrations-coordinators-choose = Wer koordiniert?
ui-celebrations-coordinators-none = Noch niemand: dann hört niemand früh davon.
ui-celebrations-lead = Tage vorher
ui-celebrations-rules-change = Das ändern
ui-celebrations-lead-words =
    { $days ->
        [one] Einen Tag vorher
       *[other] { $days } Tage vorher
    }
ui-celebrated = Zu feiern
ui-celebrated-birthday =
    { $days ->
        [-1] Gestern hatte { $name } Geburtstag
        [1] Morgen hat { $name } Geburtstag
       *[0] Heute hat { $name } Geburtstag
    }
ui-celebrated-anniversary =
    { $days ->
        [-1] Seit gestern ist { $name } { $years ->
            [one] ein Jahr
           *[other] { $years } Jahre
        } im Team
        [1] Morgen ist { $name } { $years ->
            [one] ein Jahr
           *[other] { $years } Jahre
        } im Team
       *[0] Heute ist { $name } { $years ->
            [one] ein Jahr
           *[other] { $years } Jahre
        } im Team
    }
ui-celebrated-me-birthday = Alles Gute zum Geburtstag, { $name }!
ui-celebrated-me-anniversary =
    { $years ->
        [one] Du bist ein Jahr im Team. Schön, dass du da bist, { $name }!
       *[other] Du bist { $years } Jahre im Team. Schön, dass du da bist, { $name }!
    }
ui-celebrated-me-words = Das Team weiß davon, weil du es so wolltest.
ui-celebrated-write = { $name } ein paar Worte schreiben
ui-ahead-title = Bald zu feiern
ui-ahead-words = Das sehen nur Koordinierende.
ui-ahead-birthday = Geburtstag von { $name }
ui-ahead-anniversary =
    { $years ->
        [one] { $name }: ein Jahr im Team
       *[other] { $name }: { $years } Jahre im Team
    }
ui-ahead-when =
    { $days ->
        [0] heute
        [1] morgen, { $day }
       *[other] in { $days } Tagen, { $day }
    }
ui-ahead-post = Zeit, etwas auf die Post zu geben.
ui-ahead-late = Post kommt vielleicht zu spät. Eine Karte ist rechtzeitig da.
ui-privacy-title = Samovar zeigt, was Menschen teilen wollten, und sonst nichts.
ui-privacy-words = Kein „zuletzt gesehen“, keine Lesebestätigungen, kein „tippt gerade“, keine Leerlaufzeit, keine Zählung von Menschen. Der Aufnahmeort eines Fotos wird entfernt, bevor es diesen Computer verlässt. Was du angesehen hast, merkt sich nur dieser Computer.
ui-privacy = Was über dich gespeichert ist
ui-privacy-back = Zurück zu den Einstellungen
ui-privacy-never = Was nie gespeichert wird
ui-privacy-never-watching = Wann du zuletzt da warst, ob du online bist, was du gelesen hast, wann du tippst oder Pause machst.
ui-privacy-never-counts = Zählungen, Ranglisten oder Statistiken über Menschen, weder für Admins noch für sonst jemanden.
ui-privacy-never-place = Wo du bist. Deine Zeitzone ist die, die du eingestellt hast.
ui-privacy-never-telemetry = Irgendetwas für die, die Samovar gemacht haben: Es spricht mit dem Endpunkt deines Teams und mit dem, was du selbst eingerichtet hast, und mit niemandem sonst.
ui-privacy-endpoint = Was der Endpunkt des Teams speichert
ui-privacy-endpoint-there = Der Endpunkt deines Teams ist { $host }. Das ist alles, was er speichert, für die, die du gewählt hast.
ui-privacy-endpoint-here = Der Endpunkt deines Teams ist dieser Computer. Das ist alles, was er speichert, für die, die du gewählt hast.
ui-privacy-what = Was
ui-privacy-until = Bis wann
ui-privacy-after = Von dem, was gelöscht wurde oder vorbei ist, bleiben 90 Tage lang Nummer, Art, wem es gehörte und für wen es war, damit ausgeschaltete Computer davon erfahren. Worte und Fotos sind sofort weg.
ui-privacy-operator = Wer den Endpunkt betreibt, kann lesen, was hier steht, außer was versiegelt ist. Sicherungen von früher enthalten noch, was seitdem gelöscht wurde.
ui-privacy-here = Was dieser Computer speichert
ui-privacy-here-copy = Eine Kopie von dem, was du vom Team sehen darfst, so lange das Team es hat.
ui-privacy-here-unsent = Was du geschrieben und noch nicht gesendet hast, bis es gesendet ist oder du es verwirfst.
ui-privacy-here-seen = Welche Momente du gesehen hast und was dir schon gesagt wurde. Das verlässt diesen Computer nie.
ui-privacy-here-settings = Deine Einstellungen.
ui-privacy-here-calendar = Die Adresse deines eigenen Kalenders und wann du laut ihm beschäftigt bist, wenn du sie angegeben hast, bis du sie wegnimmst.
ui-privacy-here-voices = Was du mit verborgener Stimme gesagt hast, bis die Entscheidung vorbei ist und du wieder etwas sagst.
ui-privacy-here-address = Deine eigene Adresse, wenn du sie aufgeschrieben hast, und die, mit denen du Päckchen zugesagt hast, die noch nicht da sind. Adressen anderer werden gezeigt, wenn du sie öffnest, und nicht behalten.
ui-privacy-here-pulse = Das Merkzeichen für die Runde des Pulses mit deiner Antwort, bis sie verschickt oder die Runde vorbei ist.
ui-privacy-here-key = Der Schlüssel, mit dem andere für dich versiegeln, im Schlüsselbund des Systems, oder wo es keinen gibt, in einer Datei, die nur du lesen kannst, bis du gehst.
ui-privacy-here-photos = Bis zu 256 MB Fotos, die du angesehen hast, bis das weg ist, zu dem sie gehören.
ui-privacy-here-token = Was diesen Computer ins Team lässt, in einer Datei, die nur du lesen kannst, bis du gehst.
ui-privacy-rights = Was du tun kannst
ui-privacy-copy = Eine Kopie
ui-privacy-copy-words = Alles, was das Team über dich speichert, als Zip mit einfachem Text und deinen Fotos. Bewahre sie auf wie Briefe.
ui-privacy-copy-save = Kopie speichern
ui-privacy-copy-saved = Gespeichert: { $path }
ui-privacy-erase = Gehen und vergessen werden
ui-privacy-erase-words = Alles, was du geschrieben hast, ist sofort für alle weg: dein Profil, deine Momente und Fotos, Dank, Antworten, Stimmen, deine Tage und deine Computer. Niemand kann es zurückholen. Auch hier bleibt nichts, außer wie Samovar aussieht.
ui-privacy-erase-stays = Was andere geschrieben haben, bleibt ihnen: Dank an dich und Fragen, die dir gestellt wurden. Dort steht eine Nummer für dich, die zu keinem Namen mehr führt.
ui-privacy-erase-begin = Gehen und alles löschen…
ui-privacy-erase-type = Tippe zur Sicherheit deinen Namen: { $name }
ui-privacy-erase-do = Alles löschen
ui-privacy-erased = Du bist gegangen, und nichts von dir wurde behalten.
ui-privacy-what-profile = dein Profil: Name, Zeitzone, Arbeitszeiten, Reisen, freie Tage, und was du hinzufügst
ui-privacy-until-profile = bis du es änderst oder gehst
ui-privacy-what-norms = die Absprachen des Teams
ui-privacy-until-norms = bis Admins sie ändern
ui-privacy-what-snapshots = Momente, ihre Fotos und die Antworten darauf
ui-privacy-until-snapshots = bis ihre Zeit um ist (8 Std., 24 Std. oder 3 Tage) oder du sie löschst
ui-privacy-what-kudos = Dank, den du gegeben oder bekommen hast
ui-privacy-until-kudos = bis ihn löscht, wer ihn gab; verbirgst du Dank an dich, verlieren ihn alle anderen sofort
ui-privacy-what-thank-me = wie man dir danken soll, und welcher Dank an dich verborgen ist
ui-privacy-until-thank-me = bis du gehst
ui-privacy-what-focus = Fokus: bis wann
ui-privacy-until-focus = bis er vorbei ist
ui-privacy-what-break-through = dass etwas nicht bis zum Ende eines Fokus warten konnte: wer wen rief und warum; das sehen nur diese zwei
ui-privacy-until-break-through = 12 Stunden
ui-privacy-what-answers = Antworten auf Treffen
ui-privacy-until-answers = bis eine Woche nach dem Treffen
ui-privacy-what-questions = Fragen, die du stellst, und deine Stimmen zu Fragen anderer
ui-privacy-until-questions = bis sie löscht, wer gefragt hat, solange sie offen sind; danach, bis geht, wer gefragt hat, oder bis du gehst
ui-privacy-what-heard = wer in einer Entscheidung gehört wurde, nie wann
ui-privacy-until-heard = so lange wie die Entscheidung
ui-privacy-what-hidden-voices = verborgene Stimmen: versiegelt, bis die Entscheidung geschlossen wird; von da an im Ergebnis, für alle, die die Entscheidung sehen
ui-privacy-until-hidden-voices = so lange wie die Entscheidung
ui-privacy-what-seal = der Schlüssel zu verborgenen Stimmen, getrennt von allem anderen
ui-privacy-until-seal = bis die Entscheidung geschlossen, zurückgezogen oder gelöscht ist; dann wird er entfernt, auch aus dem Protokoll der Datenbank
ui-privacy-what-cards = Karten, die ein Team zusammen schreibt, und deine Zeilen, Zeichnungen und Fotos darauf: solange sie offen sind, für alle außer der Person, für die sie sind
ui-privacy-until-cards = bis sie überreicht oder aufgegeben werden, oder du gehst
ui-privacy-what-handed-cards = Karten, die überreicht sind, und was darauf steht, für das Team
ui-privacy-until-handed-cards = bis du dich löschst: Karten an dich gehen, und was du auf andere geschrieben hast
ui-privacy-what-package = was du jemandem schicken möchtest, und wie es unterwegs ist; nur ihr zwei seht es
ui-privacy-until-package = 28 Tage, solange es nicht abgeschickt ist, dann 90 Tage; bis du es entfernst oder eine von euch beiden geht
ui-privacy-what-package-consent = dass du zustimmst, mit deiner Adresse, versiegelt für die Rechner der Person, die schickt; nur sie sieht es, und niemand sonst kann es öffnen
ui-privacy-until-package-consent = höchstens 14 Tage; bis du sagst, dass das Päckchen da ist, oder es zurücknimmst; dann ist es gelöscht, auch im Protokoll der Datenbank
ui-privacy-what-package-declined = dass du lieber nicht möchtest; nur du siehst es
ui-privacy-until-package-declined = 28 Tage
ui-privacy-what-package-received = dass ein Päckchen da ist, mit deinem Wort des Danks; nur wer es geschickt hat, sieht es
ui-privacy-until-package-received = 90 Tage
ui-privacy-what-package-opened = jedes Mal, wenn jemandes Programm deine Adresse geöffnet hat, und wann; nur du siehst es
ui-privacy-until-package-opened = 90 Tage, oder bis eine von euch beiden geht
ui-privacy-what-surprise-consent = deine Adresse, versiegelt für die, von denen du dich überraschen lässt
ui-privacy-until-surprise-consent = 90 Tage, von deinem Rechner erneuert; bis du es zurücknimmst, sie sich nicht mehr um Päckchen kümmern oder eine von euch beiden geht
ui-privacy-what-device-key = ein Schlüssel für jeden deiner Rechner, mit dem andere versiegeln; alle im Team sehen ihn
ui-privacy-until-device-key = bis du den Rechner abmeldest
ui-privacy-what-pulse-round = solange eine Runde des Pulses offen ist: ihr Schlüssel, wer ein Merkzeichen geholt hat mit einer Prüfsumme des Verhüllten, welche Nummern gebraucht sind, und fünf Zahlen; keine Antwort hat einen Namen, eine Zeit oder einen Ort
ui-privacy-until-pulse-round = bis die Runde schließt; dann ist es gelöscht, auch im Protokoll der Datenbank
ui-privacy-what-pulse-result = wie viele in einer Runde des Pulses was gesagt haben, wenn es mindestens fünf waren
ui-privacy-until-pulse-result = 400 Tage nach der Runde
ui-privacy-what-pair-wish = dein Wunsch für Paargespräche: wie oft, bis wann du pausierst, Themen, und mit wem lieber nicht; ihn lesen nur du und die wöchentliche Auslosung
ui-privacy-until-pair-wish = bis du ihn löschst oder gehst
ui-privacy-what-busy = wann du beschäftigt bist, wenn du zugestimmt hast, das zu sagen: halbe Stunden aus deinem Kalender, für die kommenden fünf Wochen, und sonst nichts; sie lesen nur du und die Planung
ui-privacy-until-busy = bis die letzte davon vorbei ist, du es zurücknimmst oder gehst
ui-privacy-what-pairings = mit wem du für ein Paargespräch ausgelost wurdest, die vorgeschlagenen Zeiten und deine Antwort; das sehen nur die Ausgelosten
ui-privacy-until-pairings = 13 Wochen nach der Woche, weil die Auslosung so weit zurückschaut
ui-privacy-what-celebration = welche deiner Tage gefeiert werden dürfen und wie, wenn du es gesagt hast: ein Geburtstag ohne Jahr, seit wann du im Team bist; das lesen nur du und der Endpunkt
ui-privacy-until-celebration = bis du sie entfernst oder gehst
ui-privacy-what-celebration-notices = dass so ein Tag nahe ist, für alle, die koordinieren, und nie für dich; und dass er heute ist, fürs Team, wenn du das willst
ui-privacy-until-celebration-notices = bis zwei Tage nach dem Tag; änderst du deine Meinung, nur bis dann
ui-privacy-what-coordinators = wer Feiern koordiniert und wie viele Tage vorher davon hört
ui-privacy-until-coordinators = bis Admins es ändern oder sie gehen
ui-privacy-what-computers = deine Computer: der Name, den du ihnen gabst, seit wann es sie gibt, die Nummer des letzten Schreibens und ein Hash ihres Zugangs
ui-privacy-until-computers = bis du sie beendest
ui-privacy-what-results = was aus deinem Geschriebenen wurde, nach Nummern: damit zweimal Gesendetes nur einmal gilt
ui-privacy-until-results = bis du den Computer beendest
ui-privacy-what-invites = Einladungen: ein Hash, wer sie gemacht hat, wie oft und bis wann sie gelten, und welcher Computer mit ihr kam, falls noch einmal gefragt werden muss
ui-privacy-until-invites = bis höchstens einen Tag nachdem sie vorbei oder aufgebraucht sind; kann noch einmal gefragt werden, bis sie vorbei sind
ui-privacy-what-acts = was Admins und Betreiber im Namen des Teams getan haben: wann, wer, was (angelegt, geändert, entfernt) und an welcher Art von Ding; nie wem, und nie, was darin steht; lesen kann es nur, wer den Endpunkt betreibt, und jeder im eigenen Export
ui-privacy-until-acts = 180 Tage, nachdem es getan wurde; wenn jemand geht, steht sofort „ein früheres Mitglied“ dafür
ui-privacy-what-sign-in = dass du dich über deine Firma anmeldest, wenn du es tust: ein Hash davon, wer du dort bist; während du dich anmeldest, Hashes von dem, was dein Browser und die Adresse enthalten
ui-privacy-until-sign-in = bis du gehst; was zu einer Anmeldung gehört, etwa zehn Minuten, höchstens einen Tag
ui-privacy-what-feed = dein Kalender-Abo, wenn du eines hast: ein Hash seiner Adresse, und seit wann
ui-privacy-until-feed = bis du es beendest, ein neues machst oder gehst
ui-privacy-what-mirrors = Spiegel, wenn Admins welche eingerichtet haben: Adressen und Zugänge von Kanälen anderswo, und welcher Dank und welche Treffen dort gezeigt werden
ui-privacy-until-mirrors = bis Admins den Spiegel entfernen
ui-privacy-what-photos = wer welches Foto gebracht hat
ui-privacy-until-photos = so lange wie das Foto
ui-version = Samovar { $version }
ui-folder = Dateien: { $folder }

ui-problem-bad-link = Dieser Link geht hier nicht. Er beginnt mit https://; eine Einladung sieht aus wie https://…/join/… .
ui-problem-bad-time-zone = Diese Zeitzone kennt Samovar nicht.
ui-problem-bad-hours = Diese Arbeitszeiten sind nicht lesbar. Schreibe sie wie 09:00 bis 17:00.
ui-problem-bad-time = Das ist keine Uhrzeit.
ui-problem-bad-picture = Diese Datei ist kein Bild, das Samovar lesen kann. JPEG, PNG, WebP und GIF gehen.
ui-problem-too-large = Das ist zu groß.
ui-problem-too-many-photos = Ein Moment fasst bis zu vier Fotos.
ui-problem-too-many-recipients = Dank geht an höchstens 20 Menschen auf einmal.
ui-problem-empty = Da steht noch nichts.
ui-problem-disk-full = Die Festplatte ist voll. Schaffe etwas Platz und versuche es noch einmal.
ui-problem-unreachable = Das Team ist gerade nicht erreichbar. Prüfe dein Netz und versuche es noch einmal.
ui-problem-not-running-here = Dieses Team ist auf diesem Computer zu Hause und erreichbar, solange Samovar bei der Person läuft, die es gegründet hat. Starte Samovar dort und versuche es noch einmal.
ui-problem-gone = Das gibt es nicht mehr.
ui-problem-not-admin = Das können nur die, die sich um das Team kümmern.
ui-problem-invite-used-up = Diese Einladung ist aufgebraucht. Bitte um eine neue.
ui-problem-invite-expired = Diese Einladung ist abgelaufen. Bitte um eine neue.
ui-problem-focus-over = Diese Zeit ist schon vorbei.
ui-problem-focus-too-long = Das ist zu lang für einen Fokus.
ui-problem-not-reachable = Im Moment kommt niemand durch, oder der Fokus ist schon vorbei. Teile es, dann wird es später gesehen.
ui-problem-bad-focus-blocks = Ein Tag hat höchstens vier Fokusblöcke, und ein Block dauert höchstens acht Stunden.
ui-problem-bad-break-throughs = Höchstens drei am Tag kommen durch.
ui-problem-bad-digest-times = Es gibt höchstens drei solche Zeiten am Tag.
ui-problem-bad-calendar-address = Die Adresse eines Kalenders beginnt mit https:// oder webcal://. Kopiere sie aus den Einstellungen deines Kalenders.
ui-problem-calendar-refused = Unter dieser Adresse ist kein Kalender zu lesen. Kopiere sie noch einmal; oft heißt sie die private oder geheime.
ui-problem-calendar-unreachable = Dein Kalender ist gerade nicht zu lesen. Prüfe Adresse und Netz; Samovar versucht es später noch einmal.
ui-problem-not-a-calendar = Unter dieser Adresse ist kein Kalender. Nimm die, die auf .ics endet.
ui-problem-calendar-too-large = Dieser Kalender ist zu groß, um hier gelesen zu werden.
ui-problem-bad-busy = Diese Zeiten können der Planung nicht gesagt werden. Prüfe das Datum dieses Computers.
ui-problem-slack-token = Slack nimmt dieses Token nicht an. Es beginnt mit xoxp- und braucht die hier genannten Rechte.
ui-problem-slack-unreachable = Slack ist gerade nicht erreichbar. Nichts wurde geändert; versuch es gleich noch einmal.
ui-problem-no-keyring = Der Schlüsselbund antwortet nicht; das Token liegt noch darin. Entsperre ihn und versuch es noch einmal.
ui-problem-no-such-file = Diese Datei gibt es nicht mehr.
ui-problem-shortcut-taken = Ein anderes Programm benutzt diese Tasten schon. Wähle andere.
ui-problem-shortcut-unusable = Diese Tasten gehen nicht. Wähle andere, etwa Ctrl+Alt+S.
ui-problem-shortcut-not-possible = Dieser Desktop (Wayland) lässt kein Programm überall auf Tasten hören. Lege in den Tastatureinstellungen des Systems Tasten für den Befehl „samovar --show snapshot“ fest.
ui-problem-autostart-failed = Dieser Rechner hat nicht zugelassen, dass Samovar ändert, was mit ihm startet.
ui-problem-no-browser = Es ließ sich kein Browser starten. Kopiere den Link und öffne ihn selbst.
ui-problem-link-not-safe = Dieser Link ist keine Webadresse (https) und wurde nicht geöffnet.
ui-problem-screenshot-refused = Es wurde kein Bild vom Bildschirm gemacht, wie du es wolltest.
ui-problem-not-shown = Beim Anzeigen ist etwas schiefgegangen. Alles, was angekommen ist oder gesendet wurde, ist noch da. Versuche es noch einmal; wenn das nicht hilft, beende Samovar und starte es neu.
ui-problem-unexpected = Das hat nicht geklappt. Bitte versuche es gleich noch einmal.
ui-problem-storage-damaged = Samovars Datei auf diesem Computer ist beschädigt, deshalb konnte das nicht aufbewahrt werden. Eine neue wird angelegt. Versuche es gleich noch einmal.
ui-problem-storage-failed = Das konnte auf diesem Computer nicht aufbewahrt werden, und nichts wurde gesendet. Bitte versuche es noch einmal.
ui-problem-draft-in-use = Du hast schon etwas Neues begonnen, darum bleibt der Moment geteilt. Was du geschrieben hast, ist noch da.
ui-problem-no-team = Dieser Computer ist noch in keinem Team. Tritt einem bei oder starte eines.
ui-problem-already-in-team = Dieser Samovar ist schon in einem Team.
ui-problem-former-member = Das würde etwas aus der Zeit ändern, bevor du neu beigetreten bist. Es gehört noch deinem früheren Zugang und ließ sich darum nicht senden.
ui-problem-other-team = Dieser Link führt zu einem anderen Team als dem, für das dieser Computer deine Worte aufbewahrt. Bitte dort um eine Einladung.
ui-problem-team-exists = Auf diesem Computer gibt es schon ein Team. Bitte um eine Einladung.
ui-problem-invite-unknown = Diese Einladung gibt es nicht mehr. Bitte um eine neue.
ui-problem-bad-invite = Eine Einladung gilt für 1 bis 1000 Menschen.
ui-problem-photo-gone = Das Foto ist nicht mehr hier. Wähle es noch einmal; deine Worte sind noch da.
ui-problem-photo-missing = Das Foto ist nicht mehr auf diesem Computer.
ui-problem-blob-missing = Das Foto ist noch nicht angekommen. Bitte versuche es gleich noch einmal.
ui-problem-hash-mismatch = Das Foto ist nicht ganz angekommen. Bitte teile es noch einmal.
ui-problem-not-a-picture = Der Server des Teams konnte dieses Bild nicht lesen. Versuche es mit einem anderen.
ui-problem-bad-photo = Dieses Foto lässt sich so nicht teilen. Wähle es noch einmal oder nimm ein anderes.
ui-problem-no-screenshot = Von hier geht kein Bild vom Bildschirm. Mach eines mit der Drucktaste und füge es dann ein.
ui-problem-no-clipboard = Die Zwischenablage geht gerade nicht. Wähle stattdessen eine Datei.
ui-problem-no-link = Dieses Treffen hat keinen Link. Frag das Team, wo ihr euch trefft.
ui-problem-port-taken = Ein anderes Programm belegt den Platz, an dem das Team auf diesem Computer lauscht. Alles bleibt erhalten; beende das andere Programm und versuche es noch einmal.
ui-problem-endpoint-in-use = Ein anderes Programm führt gerade das Team auf diesem Computer. Alles bleibt erhalten; beende es und versuche es noch einmal.
ui-problem-endpoint-failed = Das Team auf diesem Computer konnte nicht starten. Was da war, bleibt erhalten.
ui-problem-server-error = Der Server des Teams hat gerade Schwierigkeiten. Bitte versuche es gleich noch einmal.
ui-problem-store-failed = Der Server des Teams konnte das nicht aufbewahren. Bitte versuche es gleich noch einmal.
ui-problem-timeout = Der Server des Teams hat zu lange für eine Antwort gebraucht. Bitte versuche es noch einmal.
ui-problem-too-many-requests = Das war dem Server des Teams in zu kurzer Zeit zu viel. Warte bitte eine Minute und versuche es noch einmal.
ui-problem-too-busy = Der Server des Teams hat dafür gerade keinen Platz. Bitte versuche es gleich noch einmal.
ui-problem-starting = Der Server des Teams startet gerade. Bitte versuche es gleich noch einmal.
ui-problem-stopping = Der Server des Teams wird gerade beendet. Bitte versuche es gleich noch einmal.
ui-problem-resync = Der Server des Teams wurde wiederhergestellt. Bitte versuche es gleich noch einmal.
ui-problem-unauthorized = Das Team kennt diesen Computer nicht mehr. Was du geschrieben hast, bleibt hier; bitte um eine neue Einladung.
ui-problem-not-understood = Der laufende Samovar ist von einer anderen Version. Beende ihn und starte ihn neu.
ui-problem-unknown-kind = Der Server des Teams ist dafür zu alt. Er braucht eine neuere Version.
ui-problem-forgotten = Das wurde vor so langer Zeit gesendet, dass niemand mehr weiß, ob es angekommen ist.
ui-problem-not-found = Das gibt es nicht, oder es ist nicht für dich bestimmt.
ui-problem-not-here-yet = Dein Profil ist noch nicht auf diesem Computer. Versuche es noch einmal, sobald du verbunden bist.
ui-problem-not-owner = Das kann nur ändern, wer es gemacht hat.
ui-problem-last-owner = Ein Team hat immer jemanden, dem es gehört. Übergib es zuerst.
ui-problem-unknown-member = Jemand, den du genannt hast, ist nicht mehr im Team.
ui-problem-no-recipient = Zum Danken braucht es jemanden. Wähle mindestens eine Person.
ui-problem-doubled-recipient = Jemand steht zweimal auf der Liste. Nenne jede Person einmal.
ui-problem-kudos-to-oneself = Dank ist für andere. Nimm dich von der Liste.
ui-problem-reason-too-short = Noch ein paar Worte, bitte: Sag in zehn Buchstaben oder mehr, wofür du dankst.
ui-problem-too-long = Das ist zu lang. Kürze es ein wenig und versuche es noch einmal.
ui-problem-bad-characters = Darin sind Zeichen, die sich nicht zeigen lassen. Entferne sie und versuche es noch einmal.
ui-problem-bad-emoji = Eine Reaktion ist ein Emoji.
ui-problem-bad-rhythm = Eine Reihe trifft sich alle 1, 2 oder 4 Wochen.
ui-problem-too-many-channels = Die Regeln umfassen höchstens zwanzig Kanäle.
ui-problem-doubled-channel = Zwei Kanäle heißen gleich.
ui-problem-bad-reply-hours = Eine Antwort wird innerhalb von 1 bis 200 Arbeitsstunden erwartet.
ui-problem-too-many-topics = Zehn Themen sind genug für den Anfang.
ui-problem-bad-not-with = Die Liste derer, die du lieber nicht triffst, umfasst höchstens fünfzig andere, jeden einmal.
ui-problem-not-private = Das dürfen nur die sehen, die es betrifft.
ui-problem-bad-times = Wähle unter den drei Zeiten, die allen passen.
ui-problem-bad-days = Die Tage müssen anfangen, bevor sie enden, und höchstens ein Jahr dauern.
ui-problem-too-many-days = Ein Profil umfasst höchstens zwanzig Reisen und zwanzig Abwesenheiten. Nimm die heraus, die vorbei sind.
ui-problem-two-links = Eine Reihe trifft sich unter einem Link oder in Räumen eines Jitsi-Servers. Lass eines von beiden weg.
ui-problem-bad-slots = Eine Reihe hat höchstens acht Zeiten in der Woche, jede einmal; zwei Runden brauchen mindestens zwei.
ui-problem-too-many-prompts = Zwanzig Gesprächsideen sind genug.
ui-problem-bad-invited = Ein Treffen lädt das ganze Team ein oder mindestens eine Person, jede einmal.
ui-problem-bad-reminder = Eine Erinnerung kommt höchstens einen Tag vorher.
ui-problem-bad-duration = Ein Treffen dauert 5 Minuten bis 8 Stunden.
ui-problem-bad-audience = So lässt sich nicht wählen, wer das sieht. Wähle noch einmal.
ui-problem-audience-changed = Wer etwas sieht, ändert sich nach dem Teilen nicht mehr. Lösche es und teile es neu.
ui-problem-too-many-values = Dreißig Werte sind genug, und weniger merkt man sich besser.
ui-problem-bad-value = Ein Wert hat einen Namen und ein Emoji.
ui-problem-doubled-value = Derselbe Wert steht zweimal da.
ui-problem-unknown-value = Das ist keiner der Werte des Teams mehr. Wähle einen anderen, oder keinen.
ui-problem-kudos-settled = Ein Dank lässt sich zehn Minuten lang ändern. Lösche ihn und danke neu.
ui-problem-kudos-between = Jemand, dem du dankst, mag es lieber unter euch. Gib diesen Dank nur für sie oder ihn.
ui-problem-bad-options = Gib zwei bis zwölf Möglichkeiten an, jede einmal.
ui-problem-bad-involved = An einer Entscheidung sind 1 bis 100 Menschen beteiligt, jeder einmal.
ui-problem-bad-close = Eine Entscheidung wartet nicht länger als ein Jahr.
ui-problem-decision-asked = Was gefragt wurde, bleibt, wie es ist, denn andere antworten darauf. Zieh es zurück und frag neu.
ui-problem-decision-closed = Diese Entscheidung ist getroffen. Frag neu, wenn sie überdacht werden soll.
ui-problem-decision-withdrawn = Wer das gefragt hat, hat es zurückgezogen.
ui-problem-decision-waits = Noch sind nicht alle gehört worden oder hatten ihre Zeit. Du kannst sie zurückziehen, aber nicht früher schließen.
ui-problem-not-involved = Diese Entscheidung fragt andere. Schreib darunter, was du davon hältst.
ui-problem-no-key = Es gibt noch keinen Schlüssel, um das zu versiegeln. Was du geschrieben hast, bleibt hier; versuche es wieder, wenn Samovar online ist.
ui-problem-bad-voice = Das beantwortet nicht, was gefragt ist. Sag, wo du stehst, ordne die Möglichkeiten, oder schreib ein paar Worte.
ui-problem-outcome-too-short = Sag mit mindestens zehn Buchstaben, was entschieden ist.
ui-problem-bad-sealed = Das ließ sich nicht versiegeln und wurde darum nicht gesendet. Bitte versuch es noch einmal.
ui-problem-bad-key = An den Schlüssel dieses Computers lassen sich keine Adressen versiegeln.
ui-problem-recipient-changed = Ein Päckchen behält seinen Empfänger. Frag den anderen neu.
ui-problem-no-consent = Für dieses Päckchen gibt es keine Adresse mehr, oder noch keine. Frag danach.
ui-problem-please-do-not = Sie oder er möchte lieber nicht gefeiert werden. Gut zu wissen: Es wurde nichts gesendet.
ui-problem-package-lapsed = Das wurde vor mehr als 14 Tagen gefragt. Wer gefragt hat, kann noch einmal fragen.
ui-problem-bad-address = Eine Adresse hat ein bis 600 Zeichen, in so vielen Zeilen, wie sie braucht.
ui-problem-no-address = Dafür gibt es keine Adresse mehr, oder noch keine. Frag danach.
ui-problem-address-needed = Schreib zuerst deine Adresse auf. Sie bleibt auf diesem Rechner und wird für die versiegelt, die du wählst.
ui-problem-no-key-here = Der Schlüssel dieses Rechners ist nicht zu erreichen, deshalb lässt sich das jetzt nicht öffnen. Entsperre den Schlüsselbund und versuche es noch einmal.
ui-problem-not-for-this-key = Das wurde für einen anderen Schlüssel versiegelt. Der andere Rechner versiegelt es neu, sobald er von diesem gehört hat.
ui-problem-unknown-device = Die Computer am anderen Ende haben sich inzwischen geändert. Bitte versuch es gleich noch einmal.
ui-problem-not-hidden = Eine Karte sehen alle außer der Person, für die sie ist.
ui-problem-card-handed-over = Diese Karte ist überreicht, darum lässt sich an ihr nichts mehr ändern.
ui-problem-bad-doodle = Die Zeichnung hat zu viele Striche, um sie aufzuheben, oder keinen. Zeichne etwas einfacher.
ui-problem-name-differs = Das ist nicht dein Name, wie ihn das Team sieht. Nichts wurde gelöscht.
ui-problem-bad-day = Diesen Tag gibt es in keinem Jahr.
ui-problem-bad-country = Wähle ein Land aus der Liste.
ui-problem-bad-decision-hours = Alle haben 1 bis 80 ihrer Arbeitsstunden, um gehört zu werden, und 1 bis 720 Stunden insgesamt.
ui-problem-bad-lead = Koordinierende hören 1 bis 60 Tage vorher von einem Anlass.
ui-problem-bad-pulse-days = Eine Runde ist 3 bis 21 Tage offen.
ui-problem-bad-pulse-answer = Eine Antwort ist eine von fünf, von „gar nicht“ bis „sehr“.
ui-problem-bad-pulse-element = Der Endpunkt konnte aus dem, was dieser Computer geschickt hat, kein Merkzeichen machen. In der nächsten Runde wird es wieder versucht.
ui-problem-bad-pulse-token = Der Endpunkt nimmt das Merkzeichen dieses Computers nicht an, also zählt die Antwort nicht.
ui-problem-pulse-answered = Darauf hast du schon geantwortet. Eine Antwort bleibt, wie sie gegeben wurde, denn niemand findet sie wieder.
ui-problem-pulse-closed = Diese Runde des Pulses ist nicht mehr offen.
ui-problem-pulse-token-given = Ein anderer Computer von dir hat die eine Antwort dieser Runde in der Hand. Antworte von dort.
ui-problem-pulse-unproven = Der Endpunkt hat nicht bewiesen, dass er alle gleich behandelt, also schickt dieser Computer keine Antwort.
ui-problem-bad-coordinators = Ein Team hat höchstens zwanzig Koordinierende, jede und jeden einmal.
ui-problem-cannot-delete = Das lässt sich nicht löschen.

## Päckchen
ui-never-mind = Doch nicht
ui-packages = Päckchen
ui-packages-words = Etwas zum Anfassen. Adressen reisen versiegelt.
ui-packages-to-me = Für dich
ui-packages-from-me = Von dir
ui-packages-empty-title = Nichts ist unterwegs
ui-packages-empty-words = Eine Tasse, ein Buch, ein Beutel Tee: Frag jemanden im Team, ob du etwas schicken darfst. Wer gefragt wird, entscheidet selbst, ob du die Adresse bekommst.
ui-packages-alone = Sobald noch jemand im Team ist, könnt ihr euch etwas schicken.
ui-package-new = Etwas schicken
ui-package-to = Für wen
ui-package-occasion = Wozu
ui-occasion-other = Einfach so
ui-occasion-birthday = Geburtstag
ui-occasion-anniversary = Jahre im Team
ui-occasion-thanks = Danke
ui-occasion-welcome = Willkommen
ui-occasion-farewell = Abschied
ui-occasion-get-well = Gute Besserung
ui-package-words = Was du dazu sagst
ui-package-words-example = Etwas für die Veröffentlichung
ui-package-ask-how = Die Person wird gefragt, ob sie das möchte. Wenn ja, kommt ihre Adresse versiegelt, nur für deine Rechner, für höchstens 14 Tage.
ui-package-ask = Fragen
ui-package-asked = Gefragt. Du hörst davon, wenn die Adresse da ist.
ui-package-customs = { $name } lebt jenseits einer Zollgrenze und muss vielleicht Zoll zahlen. Etwas, das dort gekauft wird, ist vielleicht das bessere Geschenk.
ui-package-border-unknown = { $name } hat nicht gesagt, in welchem Land. Post aus dem Ausland kann Zoll kosten.
ui-package-border-yours = Sag, in welchem Land du lebst, dann siehst du, ob { $name } vielleicht Zoll zahlen muss.
ui-package-for = Für { $name }
ui-package-from = Von { $name }
ui-package-asked-mine = { $name } ist gefragt. Die Frage verfällt { $when }.
ui-package-asked-theirs = { $name } möchte dir das schicken und fragt nach deiner Adresse. Die Frage verfällt { $when }.
ui-package-agreed-mine = { $name } möchte es. Die Adresse ist da und wird { $when } gelöscht.
ui-package-agreed-theirs = { $name } hat deine Adresse, versiegelt. Sie wird { $when } gelöscht, oder sobald du sagst, dass das Päckchen da ist.
ui-package-sealing = Du hast zugestimmt. Deine Adresse wird versiegelt, sobald es für { $name }s Rechner geht.
ui-package-declined = Du möchtest lieber nicht. { $name } erfährt davon nichts.
ui-package-sent-mine = Unterwegs zu { $name } mit { $carrier }.
ui-package-sent-theirs = Unterwegs zu dir mit { $carrier }.
ui-package-received-mine = Es ist bei { $name } angekommen.
ui-package-received-theirs = Es ist da. Deine Adresse ist gelöscht.
ui-package-lapsed-mine = Es ist nicht rechtzeitig etwas daraus geworden. Du kannst neu fragen.
ui-package-lapsed-theirs = Die Frage ist verfallen. { $name } kann neu fragen.
ui-package-follow = Verfolgen
ui-package-opened = { $count ->
    [one] { $name } hat deine Adresse { $when } geöffnet.
   *[other] { $name } hat deine Adresse { $count }-mal geöffnet, zuletzt { $when }.
  }
ui-package-agree = Ja, gern
ui-package-agree-after-all = Doch, gern
ui-package-agree-now = Meine Adresse versiegelt schicken
ui-package-decline = Lieber nicht
ui-package-decline-hint = Von einem Nein erfährt { $name } nichts.
ui-package-sealed-hint = Auf diesem Rechner versiegelt, so dass nur { $name }s Rechner sie öffnen können. Du siehst jedes Mal, wenn das geschieht.
ui-package-said-yes = Zugestimmt. Deine Adresse ist versiegelt und unterwegs.
ui-package-said-no = In Ordnung. Niemand erfährt davon.
ui-package-take-back = Zurücknehmen
ui-package-said-taken-back = Zurückgenommen. Deine Adresse ist gelöscht.
ui-package-it-is-there = Es ist da
ui-package-thanks = Ein Wort an { $name }, wenn du magst
ui-package-thanks-photo = Mit einem Schnappschuss danken
ui-package-thanks-snapshot = Danke, { $name }!
ui-package-say-there = Sagen, dass es da ist
ui-package-said-there = Gesagt. Deine Adresse ist gelöscht.
ui-package-show-address = Adresse zeigen
ui-package-other-computer = Für einen anderen deiner Rechner versiegelt. { $name }s Rechner versiegelt sie auch für diesen, sobald er an ist.
ui-package-sent = Es ist unterwegs
ui-package-carrier = Wer es bringt
ui-package-tracking = Wo man es verfolgt, falls es einen Link gibt
ui-package-say-sent = Sagen, dass es unterwegs ist
ui-package-said-sent = Gesagt.
ui-package-remove = Entfernen
ui-address = Die Adresse, wie sie auf dem Päckchen steht
ui-address-example = Name, Straße, Ort, Land
ui-address-of = Wo { $name } wohnt
ui-address-opened = { $name } sieht, dass du sie eben geöffnet hast. Auf diesem Rechner bleibt sie nicht.
ui-address-copied = Kopiert. Wo du sie einfügst, bleibt sie.
ui-own-address = Deine Adresse
ui-own-address-words = Sie bleibt auf diesem Rechner. Nur was du zusagst, trägt sie fort, versiegelt.
ui-own-address-write = Aufschreiben
ui-own-address-change = Ändern
ui-country = Land
ui-country-none = Nicht gesagt
ui-country-is = { $country }, für alle zu sehen
ui-country-hint = Das sieht das Team, damit dich niemand unverhofft Zoll zahlen lässt.
ui-surprises = Überraschungen
ui-surprises-words = Diese Leute kümmern sich um Päckchen und dürfen dir etwas schicken, ohne zu fragen, wenn du sie lässt. Sie bekommen deine Adresse jetzt, versiegelt; dieser Rechner erneuert das alle 90 Tage.
ui-surprises-need-address = Schreib zuerst deine Adresse auf. Dann kannst du dich überraschen lassen.
ui-surprise-by = { $name } darf mich überraschen
ui-surprise-sealing = Wird versiegelt, sobald es für den anderen Rechner geht.
ui-surprise-until = Gilt bis { $when } und wird dann erneuert.
ui-surprise-opened = { $count ->
    [one] Geöffnet { $when }.
   *[other] { $count }-mal geöffnet, zuletzt { $when }.
  }
ui-may-surprise = Du darfst überraschen
ui-may-surprise-words = Sie lassen dich etwas schicken, ohne zu fragen. Sie sehen, wann du ihre Adresse öffnest.
ui-surprise-for = Eine Überraschung für { $name }
ui-surprise-sent-hint = { $name } erfährt davon, wenn du sagst, dass es unterwegs ist. Du musst nicht.

## Karten, die das Team zusammen schreibt, und Karten zum Drucken

ui-cards = Karten
ui-cards-words = Von allen geschrieben, und vor der Person verborgen, für die sie sind, bis sie überreicht werden.
ui-cards-open = In Arbeit
ui-cards-handed = Überreicht
ui-cards-empty-title = Gerade wird keine Karte geschrieben
ui-cards-empty-words = Beginne eine zum Geburtstag, zum Abschied oder für eine schwere Woche. Alle fügen eine Zeile, eine Zeichnung oder ein Foto hinzu; gedruckt wird eine Karte daraus.
ui-card-new = Karte beginnen
ui-card-begin = Beginnen
ui-card-begun = Die Karte ist da. Alle außer { $name } hören davon.
ui-card-to = Für wen
ui-card-choose = Wähle jemanden
ui-card-occasion = Wofür
ui-card-title = Was vorne darauf steht
ui-card-hidden-until = { $name } sieht das nicht, bevor du es überreichst.
ui-card-hidden-until-they = Die Person, für die es ist, sieht das nicht, bevor du es überreichst.
ui-card-hidden-from = Verborgen vor { $name }
ui-card-for = Für { $name }: { $occasion }
ui-card-begun-by = begonnen von { $name }
ui-card-begun-by-you = von dir begonnen
ui-card-lines = Was darauf steht
ui-card-no-lines = Noch steht nichts darauf. Mach den Anfang.
ui-card-your-line = Deine Zeile
ui-card-write = Auf die Karte schreiben
ui-card-write-anew = Stattdessen das schreiben
ui-card-written = Es steht auf der Karte. { $name } sieht es, wenn sie überreicht wird.
ui-card-change = Deine Zeile ändern
ui-card-line-remove = Wegnehmen
ui-card-photo = Foto hinzufügen
ui-card-draw = Etwas zeichnen
ui-card-doodle-by = Eine Zeichnung von { $name }
ui-card-print = Drucken
ui-card-hand-over = Überreichen
ui-card-hand-over-sure =
    { $count ->
        [one] { $name } bekommt sie jetzt, mit der Zeile, die darauf steht. Danach lässt sich nichts mehr daran ändern.
       *[other] { $name } bekommt sie jetzt, mit den { $count } Zeilen, die darauf stehen. Danach lässt sich nichts mehr daran ändern.
    }
ui-card-hand-over-now = { $name } überreichen
ui-card-handing-over = Sie wird gerade überreicht.
ui-card-handed = Überreicht. { $name } hat sie jetzt.
ui-card-give-up = Aufgeben
ui-card-give-up-sure = Alles, was darauf steht, ist dann für immer weg. { $name } erfährt nie davon.
ui-card-given-up = Die Karte ist weg.
ui-card-to-from = Für { $to }, von { $from } und dem Team
ui-card-to-you-from = Für dich, von { $from } und dem Team
ui-card-to-name = Für { $to }, vom Team
ui-card-to-you = Für dich, vom Team
ui-doodle = Zeichnung
ui-doodle-sheet =
    { $count ->
        [0] Ein leeres Blatt
        [one] Deine Zeichnung: ein Strich
       *[other] Deine Zeichnung: { $count } Striche
    }
ui-doodle-pens = Stift
ui-doodle-undo = Rückgängig
ui-doodle-clear = Leeren
ui-doodle-full = Das Blatt ist voll.
ui-doodle-optional = Gezeichnet wird mit Maus, Stift oder Finger. Eine Zeichnung muss nicht sein; Worte genügen.
ui-pen-0 = Tinte
ui-pen-1 = Rot
ui-pen-2 = Orange
ui-pen-3 = Gold
ui-pen-4 = Grün
ui-pen-5 = Blau
ui-pen-6 = Violett
ui-pen-7 = Braun
ui-kudos-print = Als Karte drucken
ui-print-title = Als Karte drucken
ui-print-preview-of = Vorschau
ui-print-preview = So sieht die Karte gedruckt aus
ui-print-design = Gestaltung
ui-design-steam = Dampf
ui-design-leaves = Blätter
ui-design-confetti = Konfetti
ui-design-night = Nacht
ui-print-size = Größe
ui-size-a6 = A6
ui-size-us-a2 = 5,5 × 4,25 Zoll
ui-size-us-postcard = 6 × 4 Zoll
ui-print-bleed = Mit 3 mm über den Rand hinaus und Schnittmarken, für eine Druckerei
ui-print-save-pdf = Als PDF speichern
ui-print-save-png = Als Bild speichern
ui-print-saved = Gespeichert: { $path }
ui-print-missing = Keine Schrift dieses Computers hat { $characters }; das wurde weggelassen.
ui-print-cut = Die Worte sind zu lang für diese Größe; einige fehlen.
ui-print-missing-photos =
    { $count ->
        [one] Ein Foto ist noch nicht hier und fehlt. Versuche es noch einmal, wenn Samovar verbunden ist.
       *[other] { $count } Fotos sind noch nicht hier und fehlen. Versuche es noch einmal, wenn Samovar verbunden ist.
    }
ui-problem-card-failed = Die Karte konnte nicht gezeichnet werden. Wähle eine andere Gestaltung und versuche es noch einmal.
ui-problem-cannot-save = Dort konnte die Datei nicht geschrieben werden. Wähle einen anderen Ort.
card-thanks = Danke, { $names }
card-signed = { $names }, { $date }
card-date = { $day }. { $month } { $year }
card-for-birthday = Alles Gute zum Geburtstag
card-for-anniversary = Auf deine Jahre bei uns
card-for-thanks = Danke
card-for-welcome = Willkommen
card-for-farewell = Mach’s gut
card-for-get-well = Gute Besserung
card-for-other = Für dich
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
