# Samovar's words in English. One catalogue for screen, tray, notifications and command line.
# Keys start with where they are read: ui-, tray-, notify-, notice-, cli-, or with nothing of these when everyone reads them.

## Everywhere

someone = Someone
names-two = { $first } and { $second }
names-three = { $first }, { $second } and { $third }
names-more = { $first }, { $second } and { $count } others
weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun

## The tray

tray-share = Share a snapshot…
tray-kudos = Give kudos…
tray-focus = Focus
tray-focus-minutes = { $count } minutes
tray-focus-until = Until…
tray-focus-end = End focus ({ $minutes } min left)
tray-gathering-on = { $title } is on
tray-gathering-soon = { $title } in { $minutes } min
tray-gathering-today = { $title } at { $time }
tray-gathering-later = { $title }, { $weekday } { $time }
tray-join = Join
tray-join-camera-optional = Join (camera optional)
tray-open = Open Samovar
tray-pause = Pause notifications
tray-pause-minutes = { $count } minutes
tray-pause-hours =
    { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
tray-pause-tomorrow = Until tomorrow
tray-pause-resume = Resume
tray-settings = Settings…
tray-quit = Quit
tray-tooltip = Samovar
tray-tooltip-focus = Samovar: focus until { $time }
tray-tooltip-paused = Samovar: notifications paused until { $time }
tray-tooltip-unseen =
    { $count ->
        [one] Samovar: 1 new snapshot
       *[other] Samovar: { $count } new snapshots
    }
tray-tooltip-offline = Samovar: offline

## Notifications

notify-snapshot-title = { $name } shared a snapshot
notify-snapshot-photos =
    { $count ->
        [one] A photo
       *[other] { $count } photos
    }
notify-kudos-to-me-title = Kudos from { $name }
notify-kudos-to-others-title = { $name } thanks { $names }
notify-reply-title =
    { $kind ->
        [kudos] { $name } replied to your kudos
        [snapshot] { $name } replied to your snapshot
       *[other] { $name } replied to you
    }
notify-reaction-title =
    { $kind ->
        [kudos] { $name } reacted to your kudos
        [snapshot] { $name } reacted to your snapshot
       *[other] { $name } reacted to you
    }
notify-gathering-soon-title =
    { $minutes ->
        [one] { $title } in 1 minute
       *[other] { $title } in { $minutes } minutes
    }
notify-gathering-starts-title = { $title } begins
notify-gathering-on-title = { $title } is on
notify-gathering-body = { $start } to { $end }
notify-gathering-body-no-link = { $start } to { $end }. There is no link yet; ask the team where to meet.
notify-gathering-today-title = { $title } today at { $time }
notify-gathering-tomorrow-title = { $title } tomorrow at { $time }
notify-gathering-ends-title = Five minutes left
notify-gathering-ends-body = { $title } ends at { $end }.
notify-camera-optional = Camera optional: it is outside your hours.
notify-pair-draw-today-title = Pairs are drawn today at { $time }
notify-pair-draw-tomorrow-title = Pairs are drawn tomorrow at { $time }
notify-pair-draw-title = Pairs are drawn soon
notify-pair-draw-body = You take part. If this week is too full, skip it with one click.
notify-paired-title = You meet { $names } this week
notify-paired-body =
    { $times ->
        [one] One time suits you all. Say whether you can.
        [2] Two times suit you all. Choose those you can.
        [3] Three times suit you all. Choose those you can.
       *[other] { $times } times suit you all. Choose those you can.
    }
notify-pair-nobody-title = Nobody to meet this week
notify-pair-nobody-body = There was nobody left to draw with you. Next time you come first.
notify-pair-ice-title = Would you break the ice with { $names }?
notify-pair-ice-body = Nobody has chosen a time yet. Two words from you are enough.
notify-pair-pause-title = A pause from pair calls?
notify-pair-pause-body = The last three did not fit in. That is fine. You can pause for four weeks, or just go on.
notify-voice-asked-title = { $name } asks what you think
notify-voice-half-title = { $name } would like to hear you, and half of the time is over
notify-voice-day-before-title = { $name } would like to hear you, and a day is left
notify-package-asks-title = { $name } would like to send you something
notify-birthday-title =
    { $days ->
        [-1] { $name } had a birthday yesterday
        [0] { $name } has a birthday today
        [1] { $name } has a birthday tomorrow
       *[other] { $name } has a birthday in { $days } days
    }
notify-anniversary-title =
    { $days ->
        [-1] { $name } has been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } since yesterday
        [0] { $name } has been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } today
       *[other] { $name } will have been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } in { $days ->
            [one] a day
           *[other] { $days } days
        }
    }
notify-celebration-ahead-body = Only coordinators hear of it this early. Post takes a while.
notify-celebration-today-body = A few words may be enough.
notify-decision-closed-title = Decided: { $question }
notify-package-agreed-title = { $name } would like to have your package
notify-package-received-title = Your package has reached { $name }
notify-group-card-title = There is a card for { $to }. Write a line?
notify-card-for-me-title = A card for you from { $name } and the team
notify-digest-people =
    { $count ->
        [one] One piece of news from { $names }
       *[other] { $count } pieces of news from { $names }
    }
notify-digest-focus-title = While you were heads down
notify-digest-title = While it was quiet
notify-digest-separator = { " · " }
notify-digest-break-throughs =
    { $count ->
        [one] { $names } tried to reach you
       *[other] { $names } tried to reach you, { $count } times
    }
notify-digest-kudos-to-me =
    { $count ->
        [one] kudos from { $names }
       *[other] { $count } kudos from { $names }
    }
notify-digest-snapshots =
    { $count ->
        [one] 1 snapshot from { $names }
       *[other] { $count } snapshots from { $names }
    }
notify-digest-kudos-to-others =
    { $count ->
        [one] { $names } thanked someone
       *[other] { $count } kudos for others
    }
notify-digest-replies =
    { $count ->
        [one] a reply from { $names }
       *[other] { $count } replies from { $names }
    }
notify-digest-reactions =
    { $count ->
        [one] a reaction from { $names }
       *[other] { $count } reactions from { $names }
    }
notify-digest-gathering-on = { $title } is on
notify-digest-gathering-ahead = { $title } at { $time }
notify-trouble-title = That did not work
notify-action-open = Open
notify-action-join = Join
notify-action-snooze = Snooze 5 min
notify-action-say-thanks = Say thanks
notify-action-end-focus = End focus
notify-action-skip-week = Skip this week
notify-action-pause-pairs = Pause 4 weeks
notify-action-never-again = Never again
notify-break-through-title = { $name }: it cannot wait
notify-snapshot-prompt-title = How is it where you are?
notify-snapshot-prompt-body = A photo or a few words are enough, if you feel like it.
slack-status = Focus until { $time }

## Gatherings and pair calls, wherever they are read

pair-call-with = Pair call with { $names }
pair-why-met =
    You share { $hours ->
        [0] less than an hour
        [one] one hour
       *[other] { $hours } hours
    } this week and have not met for { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    }.
pair-why-never-met =
    You share { $hours ->
        [0] less than an hour
        [one] one hour
       *[other] { $hours } hours
    } this week and have not met in a pair call yet.
pair-unmatched-paused = You are taking a break this week. You are in the draw again as soon as it is over.
pair-unmatched-away = You are away this week. You are in the draw again when you are back.
pair-unmatched-not-their-week = This is not your week. You are in the draw again in the rhythm that you chose.
pair-unmatched-nobody-left = There was nobody left to draw with you this week. Next time you come first.
slot-turn = { $spared } had the hard one last time; this time { $taking }.
slot-spared = { $spared } had the hard one last time, so this one is easier.
slot-taking = This time it is a stretch for { $taking }.
slot-stays = It stays at this time for a few weeks, so that everyone can get used to it.
slot-suits-all = This time suits everyone.
slot-sitting = One of two sittings: this one suits those who are invited to it.
rotation-each = { $count } times of the week take turns each time: whoever had it hardest is spared next.
rotation-monthly = { $count } times of the week take turns about monthly: whoever had it hardest is spared next.
rotation-two-sittings = It meets twice each time, and everyone is invited to the sitting that suits them.
prompt-small-joy = Which small thing made you smile this week?
prompt-this-week = What are you looking forward to this week?
prompt-window = What do you see from your window right now?
prompt-breakfast = What is breakfast like where you are?
prompt-childhood-dish = Which dish takes you back to your childhood?
prompt-first-job = What did your very first job teach you?
prompt-learned-lately = What have you learned lately, big or small?
prompt-book = Which book would you hand to a friend today?
prompt-song = Which song gets you through a long afternoon?
prompt-walk = Where does your favourite walk lead?
prompt-smell = Which smell means home to you?
prompt-neighbour = Is there a neighbour, or a neighbour's cat, worth a story?
prompt-weather = What does your favourite weather feel like?
prompt-tool = Which tool do you use every day and love?
prompt-trick = Which little trick makes your day easier?
prompt-helped = Who helped you lately, and how?
prompt-teach = What could you teach the rest of us in ten minutes?
prompt-curious = What would you like to know more about?
prompt-wrong = What did you believe for far too long?
prompt-collection = What do you collect, or did as a child?
prompt-season = What is the best thing about the season you are in?
prompt-street = What would you show us first in your town?
prompt-holiday = Which holiday is special where you live?
prompt-word = Which word of your language has no translation?
prompt-game = Which game would you play with us on a rainy day?
prompt-film = Which film have you seen more often than you admit?
prompt-plant = Is anything growing in your home?
prompt-animal = Which animal would you like to talk to for a day?
prompt-morning = How does a good morning begin for you?
prompt-rest = How do you come to rest after work?
prompt-mend = What have you mended lately?
prompt-gift = What was the kindest gift you ever got?
prompt-letter = To whom would you write a letter by hand?
prompt-journey = Which journey do you still think about?
prompt-hero = Who did you look up to as a child?
prompt-superpower = Which very small superpower would you like?
prompt-dream-day = What would you do with a whole day off tomorrow?
prompt-quiet = Where is it quietest where you live?
prompt-laugh = What made you laugh out loud lately?
prompt-grateful = What are you thankful for today?
prompt-team-wish = What should we do together one day?
prompt-unfinished = Which unfinished thing do you still like to think about?
prompt-home = What makes a place yours?
prompt-next-week = What would make next week a good one?
ispy-pet = A pet
ispy-plant = A plant
ispy-slogan-mug = A mug with a slogan
ispy-teapot = A teapot
ispy-headphones = Big headphones
ispy-bookshelf = A bookshelf
ispy-window = A window with a view
ispy-child = A child says hello
ispy-guitar = An instrument
ispy-map = A map or a globe
ispy-hat = A hat
ispy-stripes = Something striped
ispy-scarf = A scarf
ispy-lamp = A fine lamp
ispy-candle = A candle
ispy-clock = A clock on the wall
ispy-painting = A painting
ispy-photo = A framed photo
ispy-sofa = A sofa
ispy-kitchen = A kitchen
ispy-balcony = The open air
ispy-bicycle = A bicycle
ispy-sticky-note = A sticky note
ispy-whiteboard = A whiteboard
ispy-second-screen = A second screen
ispy-blanket = A blanket
ispy-snack = Somebody eats
ispy-fruit = A piece of fruit
ispy-yawn = A yawn
ispy-laugh = Everyone laughs
ispy-thumbs-up = A thumb up
ispy-dance = A little dance
ispy-echo = An echo
ispy-muted = “You are muted”
ispy-doorbell = A doorbell
ispy-birdsong = A bird sings
ispy-rain = Rain
ispy-sunshine = Sunshine
ispy-night = A night sky
ispy-curtain = A patterned curtain
ispy-glasses = Colourful glasses
ispy-socks = Funny socks
ispy-knitting = Something handmade
ispy-game = A board game
ispy-souvenir = A souvenir
ispy-lucky-charm = A lucky charm
ispy-pen = Somebody takes notes by hand
ispy-new-haircut = A new haircut

## What this computer lacks, or what went wrong and was mended

notice-no-tray = This desktop shows no tray icons. Samovar opens from its window and from the command line.
notice-no-notifications = Nothing on this desktop shows notifications. News waits for you on the Today page.
notice-database-set-aside = The local database could not be read. It was set aside at { $path }, and everything was fetched anew.
notice-disk-full = The disk is full. Free some space, so that what you write can be kept.
notice-no-keyring = No keyring answers on this system. What is secret is forgotten when Samovar ends, or kept in a file that only you can read, if you have agreed to that.

## The screen

ui-today = Today
ui-yesterday = Yesterday
ui-you = You
ui-views = Views
ui-gatherings = Gatherings
ui-settings = Settings
ui-people = People
ui-right-now = Right now
ui-close = Close
ui-back = Back
ui-continue = Continue
ui-save = Save
ui-saved = Saved
ui-copy = Copy
ui-keep = Keep
ui-undo = Undo
ui-end = End
ui-start = Start
ui-start-now = Start the team
ui-join-now = Join the team
ui-a-moment = A moment…
ui-try-again = Try again
ui-try-now = Try now
ui-resume = Resume
ui-dismiss = Dismiss
ui-trouble-title = Samovar could not open this
ui-own-profile = { $name }: your profile
ui-open-samovar = Open Samovar

ui-minutes = { $count } min
ui-hours = { $count } h
ui-days =
    { $count ->
        [one] 1 day
       *[other] { $count } days
    }
ui-just-now = just now
ui-in = in { $duration }
ui-on-now = now
ui-until = until { $time }
ui-today-at = today at { $time }
ui-tomorrow-at = tomorrow at { $time }
ui-day-at = { $day } at { $time }
ui-time-in = { $time } in { $city }
ui-time-for = { $time } for { $name }
ui-gone-today = Gone at { $time }
ui-gone-tomorrow = Gone tomorrow at { $time }
ui-gone-later = Gone { $day } at { $time }
ui-greeting-night = Hello, { $name }
ui-greeting-morning = Good morning, { $name }
ui-greeting-day = Good afternoon, { $name }
ui-greeting-evening = Good evening, { $name }
ui-more-people =
    { $count ->
        [one] 1 other
       *[other] { $count } others
    }

ui-offline-since = Offline since { $time }.
ui-connecting = Connecting…
ui-kept-for-you = Kept for you: { $count }
ui-join-again = Join with an invite
ui-signed-out = This computer is no longer in the team. What you wrote is kept here.
ui-paused-until = Notifications are paused until { $time }.
ui-refused = This could not be shared: { $reason }
ui-copy-words = Copy the words
ui-words-copied = The words are on the clipboard
ui-on-its-way = on its way

ui-portraits = Snapshots of today
ui-share-snapshot = Share a snapshot
ui-give-kudos = Give kudos
ui-open-snapshots = Snapshots of { $name }
ui-open-new-snapshots = New snapshots of { $name }
ui-open-snapshot = Open the snapshot of { $name }
ui-open-snapshot-showing = Open the snapshot of { $name }: { $alt }
ui-snapshot-of = Snapshot of { $name }
ui-photos = { $count } photos
ui-photo-without-words = A photo without a description
ui-kudos-from-to = { $from } to { $to }
ui-only-for = Only for { $names }
ui-only-for-you = Only for you
ui-all-but = For all but { $names }
ui-react = Add a reaction
ui-reaction = { $emoji } from { $names }
ui-reply = Reply
ui-replies =
    { $count ->
        [one] 1 reply
       *[other] { $count } replies
    }
ui-reply-to = Reply to { $name }
ui-send-reply = Send the reply
ui-delete = Delete
ui-delete-for-all = Delete for everyone
ui-delete-reply = Delete the reply
ui-previous = Previous
ui-next = Next
ui-hold = Hold (space)

ui-empty-title = The kettle is on
ui-empty-words = Nothing is waiting for you. A photo of your desk, or three words about your morning, is a fine way to begin.
ui-alone = You are the first one here. Hand a link to someone you work with.
ui-no-gathering = No gathering is planned yet.
ui-no-gathering-admin = No gathering is planned yet. A weekly teatime needs one minute to set up.
ui-plan-teatime = Plan a teatime
ui-join = Join
ui-join-at = Join at { $time }
ui-come = I will be there
ui-come-after-all = Come after all
ui-not-today = Not today
ui-not-today-said = You are not coming today.
ui-coming-said = You are coming.
ui-cannot-come = Can’t come
ui-not-coming-said = You are not coming.
ui-no-link-yet = There is no link yet.
ui-coming =
    { $count ->
        [one] one comes
       *[other] { $count } come
    }
ui-camera-optional = Camera optional: { $people }
ui-camera-optional-you = Camera optional: outside your hours
ui-decisions = Decisions
# Below an icon, where a long word has to break.
ui-rail-decisions = Decisions
ui-decisions-words = Questions that wait until everyone involved was heard, or had their time.
ui-decisions-open = Open
ui-decisions-over = Over
ui-decisions-empty-title = Nothing is waiting to be decided
ui-decisions-empty-words = A question stays open until everyone involved was heard, or had some of their own working hours to answer, wherever they are. Nobody is asked at night.
ui-decision-new = Ask a question
ui-decision-go-on = Go on asking
ui-decision-ask = Ask
ui-decision-asked = Asked. Everyone involved hears of it in their own hours.
ui-decision-question = Your question
ui-decision-context = What one must know for it (Markdown, if you like)
ui-decision-preview = Preview
ui-decision-preview-hide = Hide the preview
ui-decision-style = How it is answered
ui-style-for-against = For or against
ui-style-ranked = Options in order
ui-style-words = In words
ui-decision-options = The options
ui-decision-option = Option { $place }
ui-decision-option-add = Another option
ui-decision-option-remove = Remove option { $place }
ui-decision-involved = Who is to be heard
ui-decision-everyone = Everyone
ui-decision-voices = Voices
ui-decision-voices-open = Open
ui-decision-voices-hidden = Hidden until it is closed
ui-decision-voices-open-hint = Everybody who sees the question sees who says what.
ui-decision-voices-hidden-hint = They are sealed, and opened when it is closed. That somebody was heard is seen before.
ui-decision-seen-team = Everyone
ui-decision-seen-only = Those involved
ui-decision-not-before = Not closed before (if you like)
ui-decision-discard = Discard
ui-decision-discarded = Your question is discarded.
ui-decision-stays = What was asked stays as it is.
ui-decision-asks = { $name } asks
ui-decision-you-ask = You ask
ui-decision-hidden = Hidden voices
ui-decision-earliest = May be closed { $when } at the earliest
ui-decision-now = { $name } may close it now. You can still be heard until then.
ui-decision-now-yours = You may close it now.
ui-decision-out-of-sight = When it may be closed is not in sight yet: somebody's working hours are not known.
ui-decision-closing = Your outcome is on its way.
ui-decision-outcome = What was decided
ui-decision-closed-at = Closed { $when }
ui-decision-not-heard = Not heard: { $names }
ui-decision-withdrawn = { $name } has taken this back.
ui-decision-what-came = What has been decided
ui-decision-close = Close the decision
ui-decision-withdraw = Withdraw
ui-decision-withdraw-sure = Take the question back for good?
ui-decision-rules = How long everyone has
ui-decision-rules-words = A question is open until everyone was heard, or had { $working } of their own working hours and { $hours } hours overall. Days off do not count.
ui-decision-rules-change = Change that
ui-decision-rules-working = Working hours of each
ui-decision-rules-hours = Hours overall
ui-pulse = Pulse
ui-pulse-question-belong = “I feel that I belong in this team.”
ui-pulse-answer-1 = Not at all
ui-pulse-answer-2 = A little
ui-pulse-answer-3 = Somewhat
ui-pulse-answer-4 = Mostly
ui-pulse-answer-5 = Very much
ui-pulse-answer = Answer
ui-pulse-not-this-time = Not this time
ui-pulse-put-away = Put away
ui-pulse-protects = Nobody can tell who said what, or who answered: an answer travels without your name, at a random moment of the next hours. How many said what is shown when the round closes, and only from five answers on.
ui-pulse-protects-not = When all say the same, everybody knows what everybody said.
ui-pulse-closes = Open until: { $when }
ui-pulse-answered = You have answered, on this computer.
ui-pulse-answered-words = It goes out by itself, at some moment of the next hours, and is forgotten here then. Closes: { $when }
ui-pulse-elsewhere = Another computer of yours has this round’s answer in hand. Each person has one, so please answer from there.
ui-pulse-unproven = Your team’s endpoint did not prove that it treats everybody alike in this round. So that nobody can be told apart, this computer sends no answer.
ui-pulse-result = How many said what
ui-pulse-few = Fewer than five answered, so nothing is shown.
ui-pulse-switch = Ask the team once a month
ui-pulse-switch-words = One question, on the first working day of a month: “I feel that I belong in this team.” Whoever switches it off closes the round that is open.
ui-pulse-days = How many days a round is open (3 to 21)
ui-pulse-next = The next round opens: { $when }
ui-heard = Heard
ui-awaited = Awaited
ui-had-time = Had their time, and may still speak
ui-awaited-time = { $name }: { $duration } of their working time left
ui-awaited-away = { $name }: away, back on { $day }
ui-awaited-worked = { $name }: had their working time, not yet the hours overall
ui-awaited-unknown = { $name }: working hours are not known
ui-voices = What was said
ui-voices-needed = Decisions that need your voice
ui-voice-needed-any-time = May be closed any time now
ui-voice-yours = Your voice
ui-voice-stance = Where you stand
ui-stance-for = For
ui-stance-against = Against
ui-stance-abstain = Abstain
ui-stance-more-talk = Needs more talk
ui-voice-words = Your words
ui-voice-words-too = A few words (if you like)
ui-voice-say = Say it
ui-voice-change = Say this instead
ui-voice-take-back = Take it back
ui-voice-said = You were heard. You can change it until the question is closed.
ui-voice-not-said-yet = This is not said yet.
ui-voice-open-hint = Seen by everybody who sees the question.
ui-voice-hidden-hint = Sealed until the question is closed.
ui-voice-sealed = You were heard from another computer, and what you said cannot be read on this one. You can say something else instead.
ui-voice-unreadable = was heard, but it could not be opened
ui-voice-wait-for-key = You can speak as soon as this question has reached the team and Samovar was online.
ui-rank-hint = The dearest first. Drag them, or use the arrow keys.
ui-rank-order = Your order
ui-rank-handle = { $option }, { $place } of { $count }: move it with the arrow keys
ui-rank-up = { $option } up
ui-rank-down = { $option } down
ui-rank-not = Not at all
ui-rank-unwanted = Not at all:
ui-rank-want = { $option }
ui-rank-moved = { $option } is now { $place } of { $count }
ui-rank-left = { $option } is left out

ui-gatherings-words = The coming four weeks, in your time.
ui-gatherings-empty-title = Nothing is planned yet
ui-gatherings-empty-words = A gathering is half an hour without an agenda. Once a series is planned, the coming weeks stand here.
ui-plan-series = Plan a series
ui-maybe = Maybe
ui-maybe-said = You may come.
ui-maybe-names = Maybe: { $names }
ui-coming-names = Coming: { $names }
ui-others = others
ui-room-with = Your room: { $names }
ui-cancelled = Called off
ui-cancelled-said = { $title } is called off
ui-call-off = Call off
ui-call-on-again = It takes place after all
ui-not-invited = This one is for others.
ui-i-spy = I spy
ui-i-spy-title = I spy, with you all
ui-i-spy-words = Everyone in the call has this card. Mark what you see; only you see your marks.
ui-i-spy-line = A line! Say it out loud.
ui-prompts-show = Something to talk about
ui-series = Series
ui-series-next = Next: { $when }
ui-series-next-none = Nothing is planned ahead.
ui-series-edit = Change { $title }
ui-series-new = New series
ui-series-delete = Delete the series
ui-series-deleted = { $title } is deleted, with everything it had planned
ui-series-activity = What for
ui-series-activity-teatime = Teatime
ui-series-activity-lunch = Lunch
ui-series-activity-other = Something else
ui-series-note = What it is about
ui-series-slots = When it may meet
ui-series-slots-words = With several times of the week they take turns, so that it is not always the same people who get up early.
ui-series-slot-add = Another time
ui-series-slot-remove = Remove this time
ui-series-slot-number = Time { $number }
ui-series-rotate = How they take turns
ui-series-rotate-each = Each time
ui-series-rotate-monthly = About monthly
ui-series-two-sittings = Two sittings each time
ui-series-two-sittings-words = For teams that no one time suits: everyone is invited to the one that suits them.
ui-series-place = Where
ui-series-place-link = A link
ui-series-place-jitsi = A Jitsi room each time
ui-series-place-later = Later
ui-series-jitsi = Jitsi server
ui-series-jitsi-words = Each gathering gets a room of its own; camera and microphone are off when you enter.
ui-series-rooms = Rooms of three or four when many come
ui-series-rooms-words = Mixed anew each time, ten minutes before it begins.
ui-series-invited = Who is invited
ui-series-invited-all = The whole team
ui-series-invited-some = Some
ui-series-prompts = Things to talk about
ui-series-prompts-words = One a line. When there are none, Samovar offers some.
ui-series-reminders = Reminders
ui-series-ahead = Minutes ahead (0 for none)
ui-series-at-start = When it starts
ui-series-before-end = Five minutes before it ends
ui-pairs = Pair calls
ui-pairs-words = Half an hour with somebody from the team, drawn by lot.
ui-pairs-join = Take part
ui-pairs-joined = You take part in pair calls
ui-pairs-leave = Take part no more
ui-pairs-left = You are in no more draws
ui-pairs-settings = Your pair calls
ui-pairs-private = All of this is for the draw alone. Nobody else ever sees it.
ui-pairs-every = How often
ui-pairs-pause = Pause until
ui-pairs-paused-until = You pause until { $day }.
ui-pairs-topics = What you like to talk about
ui-pairs-topics-words = One a line. A note to yourself for the call: nobody else sees it.
ui-pairs-own-topics = Your note to yourself: { $topics }
ui-pairs-not-with = Rather not with
ui-pairs-not-with-words = Confidential. It is never given as a reason.
ui-pairs-saved = Your wish is saved
ui-pair-draw-words = Pairs are drawn once a week, on this day at 10:00. Whoever takes part hears of it a day ahead.
ui-pairs-next = The next draw is { $when }.
ui-pairs-next-not-you = The next draw is { $when }; you are not in it.
ui-pairs-skip = Skip this week
ui-pairs-skipped = You skip this draw.
ui-pairs-skip-undone = You are in the draw again
ui-pairs-take-part-after-all = Take part after all
ui-pairs-meet = You meet { $names }
ui-pairs-times = When can you?
ui-pairs-times-words = Choose all that suit you. The first that suits everyone is the one.
ui-pairs-time-theirs = { $time } for { $name }
ui-pairs-time-chosen = suits { $name }
ui-pairs-agreed = You meet { $when }.
ui-pairs-no-time = No time suits you all after all. Choose another, or write to each other.
ui-pairs-cannot = Cannot this week
ui-pairs-cannot-said = You cannot this week.
ui-pairs-others-cannot = { $names } cannot this week. Perhaps next time.
ui-pairs-waiting = You have chosen. Now it is up to { $names }.
ui-pairs-ice-you = Nobody has chosen yet. Would you break the ice?
ui-pairs-ice-other = Nobody has chosen yet. { $name } breaks the ice.
ui-focusing-until = focus until { $time } their time
ui-working = at work
ui-working-until = here until { $time } their time
ui-off = away
ui-starts-in = starts in { $duration }
ui-back-tomorrow = back tomorrow
ui-back-on = back on { $day }

ui-focus = Focus
ui-focus-none = not now
ui-focus-minutes = Focus for { $count } minutes
ui-focus-until-choose = Until…
ui-focus-until-time = Focus until
ui-focus-until = Focus until { $time }
ui-heads-down = Heads down
ui-focus-held =
    { $count ->
        [0] Nothing waits for you.
        [one] One thing waits for you.
       *[other] { $count } things wait for you.
    }
ui-focus-team-sees = The team sees “until { $time }”.
ui-ends-by-itself = Ends by itself
ui-end-now = End now
ui-focus-title = Some time to yourself
ui-focus-words = The team sees until when. How many minutes?
ui-focus-note = What for? (the team sees it)
ui-focus-will-hold = Samovar's notifications wait and come together when you are back. A gathering you said yes to still calls you.
ui-blocks = Recurring focus
ui-blocks-words = Focus that begins by itself on these days and ends by itself. End it early, and it does not come back that day.
ui-blocks-none = none
ui-blocks-note-example = writing; free at 15:30
ui-reachable = Let teammates break through
ui-reachable-words = How many a day, each with a reason. All others wait.
ui-reachable-times =
    { $count ->
        [0] Nobody
       *[other] { $count }
    }
ui-gathering-ends-focus = A gathering I come to ends focus
ui-gathering-ends-focus-words = Two minutes before it begins, so that there is time for tea.
ui-do-not-disturb = The system's do-not-disturb too
ui-do-not-disturb-words = On while focus lasts, and back to what it was afterwards.
ui-do-not-disturb-not-here = Here Samovar cannot set the system's do-not-disturb. It holds its own notifications; other programs may still show theirs.
ui-break-through = Break through…
ui-break-through-to = Break through to { $name }…
ui-break-through-why = Why can it not wait? { $name } reads this.
ui-break-through-send = Call now
ui-break-through-sent = { $name } has it.
ui-waiting-count = Waiting for you: { $count }
ui-waiting-deliver = Tell me now
ui-digests = News at set times
ui-digests-words = Up to three times a day, inside your working hours. Gatherings come at their own time.
ui-digests-none = at once
ui-digest-at = Time { $number }
ui-digest-add = Another time
ui-digest-remove = Remove time { $number }
ui-snapshot-prompt = Ask me for a snapshot
ui-snapshot-prompt-words = At most once a working day, at a changing time, and not when you have shared already.
ui-slack-words = Says “Focus until …” in Slack, pauses its notifications, and puts back what was there before.
ui-slack-token = User token
ui-slack-scopes = It needs users.profile:read, users.profile:write, dnd:read and dnd:write.
ui-slack-in-file = If this computer has no keyring, keep the token in a file that only I can read. Otherwise it is forgotten when Samovar ends.
ui-slack-connect = Connect
ui-slack-remove = Disconnect
ui-slack-connected = Connected.
ui-slack-kept-keyring = The token is in this system's keyring.
ui-slack-kept-file = The token is in a file that only you can read.
ui-slack-kept-this-run = The token is forgotten when Samovar ends.
ui-slack-trouble = Slack does not take the token any more ({ $code }). Your focus goes on without it; connect again with a new one.

ui-popover-tabs = What to do
ui-popover-no-team = There is no team on this computer yet.
ui-tab-snapshot = Snapshot
ui-tab-kudos = Kudos
ui-tab-focus = Focus
ui-snapshot-words = Words of the snapshot
ui-snapshot-placeholder = What does your day look like?
ui-from-file = File
ui-from-camera = Camera
ui-from-screen = Screen
ui-take-photo = Take the photo
ui-no-camera = No camera can be used here. A photo from a file works just as well.
ui-choose-file = Choose a file
ui-preparing = Getting the photo ready…
ui-location-removed = Where it was taken has been removed
ui-remove-photo = Remove the photo
ui-alt = What the photo shows
ui-alt-placeholder = What it shows, for those who cannot see it
ui-lasts = Lasts
ui-lifetime-8h = 8 h
ui-lifetime-24h = 24 h
ui-lifetime-3d = 3 days
ui-for = For
ui-seen-by = Who sees it
ui-everyone = Everyone in { $team }
ui-audience-team = Everyone
ui-audience-only = Only…
ui-audience-only-whom = Choose who sees it.
ui-audience-except = All but…
ui-audience-except-whom = Choose who does not see it.
ui-find-person = Find a person
ui-nobody-else = Nobody else is here yet.
ui-nobody-found = Nobody of that name.
ui-key-hide = Esc
ui-keys-send = Ctrl ↵
ui-keys-send-mac = ⌘ ↵
ui-keeps-draft = keeps the draft
ui-share = Share
ui-shared = Shared with { $team }
ui-shared-only = Shared with those you chose
ui-shared-except = Shared with all but those you chose
ui-give = Give
ui-kudos-given = Your thanks are on their way
ui-kudos-words = What you are thankful for
ui-kudos-placeholder = Thank you for…
ui-kudos-to = Whom do you thank?
ui-kudos-choose = Choose whom to thank.
ui-kudos-more-words = A few more words, so that they know what for.
ui-kudos = Kudos
ui-kudos-search = Search words and names
ui-kudos-person = Given by or to
ui-kudos-anybody = Anybody
ui-kudos-value = For which value
ui-kudos-any-value = Any value
ui-kudos-value-choose = What do they stand for?
ui-kudos-show-all = Show all
ui-kudos-nothing-found = No kudos like that here
ui-kudos-more = Show more
ui-kudos-older = Look for older ones
ui-kudos-no-older = There are no older ones.
ui-kudos-empty-title = No thanks yet
ui-kudos-empty-words = Who made something easier for you this week? Two sentences are enough.
ui-kudos-just-them = Just them
ui-kudos-seen-team = Everyone in { $team } will see this.
ui-kudos-seen-only = Besides you, only { $names } will see this.
ui-kudos-seen-only-them = Besides you, only those you thank will see this.
ui-kudos-seen-wish =
    { $count ->
        [one] { $names } likes thanks to stay between you.
       *[other] { $names } like thanks to stay between you.
    }
ui-kudos-many = You have thanked many today. A few words more make each of them count.
ui-kudos-long-title = Somebody you have not thanked for a while
ui-kudos-long = It has been a while since you thanked { $names }.
ui-kudos-long-words = Worked out on this computer, for you alone.
ui-kudos-long-thank = Thank { $name }
ui-kudos-long-off = Stop reminding me
ui-kudos-long-is-off = You will not be reminded. The settings have it, should you miss it.
ui-kudos-cancel = Cancel
ui-kudos-edit = Change the words
ui-kudos-edit-until = They can be changed until { $time }.
ui-kudos-hide = Hide from others
ui-kudos-hide-words = Only those who gave and got them keep them. This has no way back, but { $name } can thank anew.
ui-kudos-hidden = They will be between you and whoever gave them.
ui-kudos-deleted = The kudos are deleted
ui-thank-me = Kudos to me
ui-thank-me-words = The team sees which you like better, and whoever thanks you keeps to it.
ui-thank-me-public = In public
ui-thank-me-between-us = Between us
ui-think-of-others = Remind me of those I have not thanked for a while
ui-think-of-others-words = Worked out on this computer and shown to you alone.
ui-values = What the team values
ui-values-words = Kudos can stand for one of them. One that you take off is offered no more; older kudos keep it.
ui-value-name = Name of the value
ui-value-new = A new value
ui-value-emoji = Emoji of the new value
ui-value-emoji-of = Emoji of { $name }
ui-value-add = Add the value
ui-value-retire = Take { $name } off the list
ui-missed-title = What you may have missed
ui-missed-kudos = { $from } thanked { $to }: { $reason }
ui-missed-decision = Decided: { $question } { $words }
ui-missed-put-away = Put away
ui-missed-all = Show all

ui-welcome = A warm place for people who work apart
ui-welcome-words = Snapshots, thanks and tea with your team. Nothing counts you, ranks you or watches you.
ui-way-join = Join a team
ui-way-join-words = Somebody gave you an invite link.
ui-already-in-team = This Samovar is in the team { $team } already. For a second team start another one beside it: samovar --profile FOLDER.
ui-way-start = Start a team on this computer
ui-way-start-words = Works at once: no account, no server.
ui-way-host = Host a team
ui-way-host-words = One command on a computer that your team can reach.
ui-invite-link = Invite link
ui-invite-leads-to = This invite leads to { $host }.
ui-invite-safe = The connection is private.
ui-invite-unsafe = The connection is not encrypted. Join only if you trust this network.
ui-invite-unreachable = It does not answer right now. Check the link and your network.
ui-join-host = Join at { $host }
ui-team-name = The team's name
ui-team-name-example = Kitchen Table
ui-start-hint = This computer keeps everything for the team. You can invite others, and move to a server later.
ui-host-address = The address your team will reach it by
ui-host-address-amiss = An address looks like https://tea.example.org.
ui-host-run-there = Run this on the computer that your team can reach at this address, with HTTPS in front of it; docs/SELF-HOSTING.md shows how.
ui-host-run-here = Without an address this is for trying it out: only this computer can reach it.
ui-host-then = It prints an owner invite. Paste that here, and the team is yours.
ui-host-have-invite = I have the invite
ui-command-copied = The command is on the clipboard
ui-about-you = About you
ui-your-name = Your name
ui-zone = Time zone
ui-zone-now = It is { $time } there now.
ui-zone-differs = This computer seems to be in { $city }.
ui-zone-use = Use that
ui-hours-title = Working hours
ui-hours-hint = weekdays, nine to five; change them now or later
ui-hours-words = The team sees when you can be reached, and nobody expects you outside these hours.
ui-hours-free = free
ui-hours-from = { $day } from
ui-hours-to = { $day } to
ui-hours-add = Another span on { $day }
ui-hours-remove = Remove this span on { $day }
ui-hear-title = What you want to hear about
ui-hear-words = As a notification on this computer. Everything else waits quietly on Today.
ui-hear-snapshots = New snapshots
ui-hear-kudos-to-me = Kudos to me
ui-hear-kudos-to-others = Kudos to others
ui-hear-answers = Replies and reactions to what I shared
ui-hear-gatherings = Gatherings that are about to start
ui-to-today = Open Today

## People across zones, and norms

ui-people-earlier = The day before
ui-people-later = The day after
ui-people-now = Now
ui-people-to-now = Back to now
ui-people-slider = Look ahead
ui-people-slider-hint = Arrow keys move by a quarter of an hour, with Shift by an hour; Home is now.
ui-people-at = { $day }, { $time }
ui-people-at-now = Now, { $time }
ui-people-find = Find a person
ui-people-nobody-found = Nobody of that name.
ui-people-together-all = All of you work from { $from } to { $until }, your time.
ui-people-together-some = { $count } of { $all } work at the same time from { $from } to { $until }, your time.
ui-people-together-none = On this day, no two of you work at the same time.
ui-people-alone-title = The world is wide
ui-people-alone = As soon as someone joins you, their day stands here beside yours.
ui-people-no-hours = has not said when they work
ui-people-open = { $name }: { $time }, { $state }
ui-people-norms = Norms of the team
ui-person-away = away, back on { $day }
ui-person-focusing = in focus until { $time }
ui-person-at-work = at work
ui-person-off = outside their hours
ui-person-off-you = outside your hours
ui-reply-seen-now = Sees it now
ui-reply-seen-today = Sees it at { $time }
ui-reply-seen-day = Sees it { $day } at { $time }
ui-reply-by-today = answers by { $time }
ui-reply-by-day = answers by { $day } { $time }
ui-reply-on-channel = { $channel }: { $reply }
ui-reply-their-time = { $reply } (their time)
ui-reply-none = The norms promise no answer.
ui-profile-of = Profile of { $name }
ui-profile-in = { $time } in { $city }
ui-profile-travelling = In { $city } until { $day }; at home in { $home }
ui-profile-travel-ahead = { $from } to { $until }: in { $city }
ui-profile-away = Away from { $from }, back on { $until }
ui-profile-hours = Working hours
ui-profile-their-clock = by the clock in { $city }
ui-profile-focus = In focus until { $time } their time
ui-profile-focus-reachable = { $name } lets somebody through who says why it cannot wait, a few times a day. All else comes after the focus.
ui-profile-focus-alone = { $name } lets nobody through this time. What you share now comes after the focus.
ui-profile-expect = If you write now
ui-profile-expect-words = By { $name }’s clock, and the team’s norms.
ui-profile-edit = Edit your profile
ui-profile-to-norms = How we reply and meet
ui-their-time = It is { $times }.
ui-their-away = { $name } is away, back on { $day }.

ui-norms = Norms
ui-norms-words = What we expect of each other, so that nobody has to guess. Nobody’s replies are counted.
ui-norms-channels = Where we write
ui-norms-within =
    { $count ->
        [one] Reply within 1 working hour
       *[other] Reply within { $count } working hours
    }
ui-norms-no-reply = No reply is expected
ui-norms-meetings = When we meet
ui-norms-off-hours = Outside your hours nobody expects a reply.
ui-norms-off-hours-not = Now and then a reply outside one’s hours is expected.
ui-norms-none = Your team has not written down its norms yet.
ui-norms-none-admin = A few lines are enough: where you write what, and by when one may hope for an answer.
ui-norms-begin = Write the norms
ui-norms-edit = Edit
ui-norms-channel = Channel
ui-norms-channel-name = Name
ui-norms-channel-when = When to use it
ui-norms-channel-hours = Reply within (working hours)
ui-norms-channel-hours-none = none
ui-norms-channel-add = Add a channel
ui-norms-channel-remove = Remove { $name }
ui-norms-off-hours-switch = No reply needed outside one’s hours
ui-norms-cancel = Cancel
ui-norms-saved = The norms are saved
ui-norms-example-chat = Chat
ui-norms-example-chat-when = For what is needed today.
ui-norms-example-mail = Mail
ui-norms-example-mail-when = For what can wait until tomorrow.
ui-norms-example-meetings = Cameras are optional. Whoever could not come reads the notes.

ui-days-title = Travel and days off
ui-days-words = The team sees where your clock is and when you are back. Outside of that, everything is as in your profile.
ui-days-travel = Travel
ui-days-away = Days off
ui-days-travel-line = { $from } to { $until } in { $city }
ui-days-away-line = { $from }, back on { $until }
ui-days-from = From
ui-days-until = Last day there
ui-days-back-on = Back on
ui-days-note = What for (if you like)
ui-days-add-travel = Add a journey
ui-days-add-away = Add days off
ui-days-remove = Remove { $what }
ui-days-over = over

ui-zone-ask = This computer is set to the time in { $city } now. Are you travelling, or did you move?
ui-zone-ask-home = This computer is set to the time at home again. Are you back?
ui-zone-travelling = Travelling until
ui-zone-travelling-set = Set
ui-zone-moved = I moved
ui-zone-back = I am back
ui-zone-leave = Leave it

ui-set-profile = Your profile
ui-set-look = Look and language
ui-set-computer = This computer
ui-set-about = About Samovar
ui-pronouns = Pronouns
ui-about-me = A few words about you
ui-quiet-hours = Quiet outside my working hours
ui-quiet-hours-words = What comes then is held and shown together.
ui-theme = Look
ui-theme-system = As the system
ui-theme-light = Light
ui-theme-dark = Dark
ui-language = Language
ui-lifetime-default = A snapshot lasts
ui-autostart = Start with the computer
ui-autostart-words = Quietly, in the tray.
ui-shortcut = Shortcut
ui-shortcut-words = Opens the small window from anywhere.
ui-shortcut-none = None
ui-shortcut-set = Shortcut: { $keys }. Press to change it.
ui-shortcut-press = Press the keys…
ui-shortcut-clear = Clear
ui-calendar-title = Your calendar
ui-calendar-words = Your gatherings and pair calls, read by any calendar program at a private address of your own. Whoever has the address sees them, so keep it to yourself. Nobody is told when it is read.
ui-calendar-make = Make an address
ui-calendar-address = Private address
ui-calendar-copy = Copy
ui-calendar-copy-webcal = Copy as webcal
ui-calendar-copied = The address is on the clipboard
ui-calendar-once = It is shown this once and kept nowhere. If you lose it, make a new one.
ui-calendar-on-this-computer = The team is on this computer: only calendar programs here can read the address, and only while Samovar runs.
ui-calendar-since = You have had an address since { $day }. It is kept nowhere; a new one ends the old.
ui-calendar-renew = New address
ui-calendar-end = End it
ui-calendar-in-google = Google Calendar, in the browser: “Other calendars”, +, “From URL”, paste. Google looks a few times a day only.
ui-calendar-in-outlook = Outlook: “Add calendar”, “Subscribe from web”, paste.
ui-calendar-in-apple = Apple Calendar: “File”, “New Calendar Subscription”, paste.
ui-calendar-in-thunderbird = Thunderbird: “New Calendar”, “On the Network”, “This location doesn't require credentials”, paste.
ui-own-calendar-title = When you are busy
ui-own-calendar-words = Samovar can read your own calendar, so that the team’s gatherings keep away from what you have planned. Only this computer reads it, once an hour; its address and what it says stay here.
ui-own-calendar-address = Private address of your calendar (iCal)
ui-own-calendar-read = Read it
ui-own-calendar-read-at = read on { $day } at { $time }
ui-own-calendar-preview = { $count ->
    [0] No busy times in the next 5 weeks.
    [one] One busy time in the next 5 weeks.
   *[other] { $count } busy times in the next 5 weeks.
}
ui-own-calendar-tell = Tell the team’s planner when I am busy
ui-own-calendar-tell-words = Only these times leave your computer, in full half hours and without titles. No teammate sees them; gatherings with several slots and pair calls keep away from them.
ui-own-calendar-remove = Do not read it any more
ui-invite-title = Invite people
ui-invite-uses = For how many?
ui-copy-invite = Copy an invite link
ui-invite-copied = The invite link is on the clipboard
ui-invite-until = It works until { $day }, { $time }.
ui-invite-on-this-computer = This computer must be on, and the others must be able to reach it.
ui-teatime = Teatime
ui-series-title = Teatime
ui-series-words = Comes again by itself, and calls everyone ten minutes ahead.
ui-series-name = Title
ui-series-link = Link of the call
ui-series-day = Day
ui-series-time = Time
ui-series-minutes = Minutes
ui-series-every = How often
ui-series-weeks =
    { $count ->
        [one] Every week
       *[other] Every { $count } weeks
    }
ui-series-saved = The teatime is planned
ui-celebrations = Celebrations
ui-celebrations-words = Only if you like. Nobody but you and the team’s endpoint ever reads these days; it tells of them as you say here.
ui-celebrations-birthday = Birthday
ui-celebrations-month = Month
ui-celebrations-day = Day
ui-celebrations-none = Not said
ui-celebrations-no-year = Without the year, which nobody needs to know.
ui-celebrations-leap = In years without 29 February
ui-celebrations-leap-before = 28 February
ui-celebrations-leap-after = 1 March
ui-celebrations-joined = In the team since
ui-celebrations-joined-words = Years in the team are counted from this day.
ui-celebrations-clear = Clear
ui-celebrations-tell-team = Tell the team on the day
ui-celebrations-tell-team-words = Otherwise only the coordinators hear of it.
ui-celebrations-please-do-not = Please do not celebrate me
ui-celebrations-please-do-not-words = Nobody is told of anything, and nobody can begin a card or a package for such a day.
ui-celebrations-kept = Your days stay here, and are told to nobody, until you clear them.
ui-celebrations-nothing = You have not said anything, so nobody hears of anything.
ui-celebrations-next-birthday = Your next birthday is on { $day }.
ui-celebrations-next-anniversary =
    { $years ->
        [one] On { $day } you will have been in the team for a year.
       *[other] On { $day } you will have been in the team for { $years } years.
    }
ui-celebrations-who-ahead =
    { $count ->
        [one] { $names } coordinates and hears of it { $days ->
            [one] a day
           *[other] { $days } days
        } before.
       *[other] { $names } coordinate and hear of it { $days ->
            [one] a day
           *[other] { $days } days
        } before.
    }
ui-celebrations-who-nobody = There are no coordinators who would hear of it before.
ui-celebrations-who-team = The team hears of it on the day.
ui-celebrations-saved = Saved: what is to be celebrated
ui-celebrations-coordinators = Coordinators
ui-celebrations-coordinators-words = They hear of celebrations early enough for post. Whoever is celebrated hears nothing of that.
ui-celebrations-coordinators-choose = Who coordinates?
ui-celebrations-coordinators-none = Nobody yet: then nobody hears of anything early.
ui-celebrations-lead = Days ahead
ui-celebrations-rules-change = Change that
ui-celebrations-lead-words =
    { $days ->
        [one] A day ahead
       *[other] { $days } days ahead
    }
ui-celebrated = To celebrate
ui-celebrated-birthday =
    { $days ->
        [-1] It was { $name }’s birthday yesterday
        [1] It is { $name }’s birthday tomorrow
       *[0] It is { $name }’s birthday today
    }
ui-celebrated-anniversary =
    { $days ->
        [-1] { $name } has been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } since yesterday
        [1] { $name } will have been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } tomorrow
       *[0] { $name } has been in the team for { $years ->
            [one] a year
           *[other] { $years } years
        } today
    }
ui-celebrated-me-birthday = Happy birthday, { $name }!
ui-celebrated-me-anniversary =
    { $years ->
        [one] You have been in the team for a year. Good that you are here, { $name }!
       *[other] You have been in the team for { $years } years. Good that you are here, { $name }!
    }
ui-celebrated-me-words = The team knows of it because you wanted so.
ui-celebrated-write = Write { $name } a few words
ui-ahead-title = Soon to be celebrated
ui-ahead-words = Only coordinators see this.
ui-ahead-birthday = { $name }’s birthday
ui-ahead-anniversary =
    { $years ->
        [one] { $name }: a year in the team
       *[other] { $name }: { $years } years in the team
    }
ui-ahead-when =
    { $days ->
        [0] today
        [1] tomorrow, { $day }
       *[other] in { $days } days, { $day }
    }
ui-ahead-post = Time to post something.
ui-ahead-late = Post may come too late. A card reaches them in time.
ui-privacy-title = Samovar shows what people chose to share, and nothing else.
ui-privacy-words = No last seen, no read marks, no typing, no idle time, no counts of people. Where a photo was taken is removed before it leaves this computer. What you looked at is remembered only here.
ui-privacy = What is kept about you
ui-privacy-back = Back to the settings
ui-privacy-never = What is never kept
ui-privacy-never-watching = When you were last here, whether you are online, what you have read, when you type or pause.
ui-privacy-never-counts = Counts, ranks or statistics of people, for admins or for anybody else.
ui-privacy-never-place = Where you are. Your time zone is the one that you set.
ui-privacy-never-telemetry = Anything for whoever made Samovar: it talks to your team’s endpoint and to what you have set up yourself, and to nobody else.
ui-privacy-endpoint = What the team’s endpoint holds
ui-privacy-endpoint-there = The endpoint of your team is { $host }. This is all that it keeps, for those whom you chose.
ui-privacy-endpoint-here = The endpoint of your team is this computer. This is all that it keeps, for those whom you chose.
ui-privacy-what = What
ui-privacy-until = Until when
ui-privacy-after = What was deleted or is over leaves its number, its kind, whose it was and whom it was for, for 90 days, so that computers that were off learn of it. Words and photos are gone at once.
ui-privacy-operator = Whoever runs the endpoint can read what stands here, but for what is sealed. Backups that were made before still have what was deleted since.
ui-privacy-here = What this computer holds
ui-privacy-here-copy = A copy of what you may see of the team, for as long as the team has it.
ui-privacy-here-unsent = What you wrote and have not sent yet, until it is sent or you discard it.
ui-privacy-here-seen = Which moments you have seen, and what you were told already. That never leaves this computer.
ui-privacy-here-settings = Your settings.
ui-privacy-here-calendar = The address of your own calendar and when it says that you are busy, if you gave it, until you take it away.
ui-privacy-here-voices = What you said with hidden voices, until the decision is over and you speak again.
ui-privacy-here-address = Your own address, if you wrote it down, and those with which you agreed to packages that are not there yet. Addresses of others are shown when you open them, and are not kept.
ui-privacy-here-pulse = The token of the pulse’s round with your answer, until it is sent or the round is over.
ui-privacy-here-key = The key that others seal to for you, in the system’s keyring, or in a file that only you can read where there is none, until you leave.
ui-privacy-here-photos = Up to 256 MB of photos that you looked at, until what they belong to is gone.
ui-privacy-here-token = What lets this computer into the team, in a file that only you can read, until you leave.
ui-privacy-rights = What you can do
ui-privacy-copy = A copy
ui-privacy-copy-words = All that the team holds about you, as a zip with plain text and your photos. Keep it as you would keep letters.
ui-privacy-copy-save = Save a copy
ui-privacy-copy-saved = Saved: { $path }
ui-privacy-erase = Leave and be forgotten
ui-privacy-erase-words = Everything that you wrote goes at once, for everyone: your profile, your moments and photos, thanks, answers, voices, your days and your computers. Nobody can bring it back. Here, too, nothing stays but how Samovar looks.
ui-privacy-erase-stays = What others wrote stays theirs: thanks to you, and questions that you were asked. A number stands there for you, which leads to no name any more.
ui-privacy-erase-begin = Leave and erase…
ui-privacy-erase-type = Type your name to be sure: { $name }
ui-privacy-erase-do = Erase everything
ui-privacy-erased = You have left, and nothing of yours was kept.
ui-privacy-what-profile = your profile: name, time zone, working hours, travel, days off, and what you add to it
ui-privacy-until-profile = until you change it or leave
ui-privacy-what-norms = the team's norms
ui-privacy-until-norms = until an admin changes them
ui-privacy-what-snapshots = snapshots, their photos, and the answers to them
ui-privacy-until-snapshots = until their time is over (8 h, 24 h or 3 days), or you delete them
ui-privacy-what-kudos = kudos that you gave or received
ui-privacy-until-kudos = until their giver deletes them; when you hide kudos to you, all others lose them at once
ui-privacy-what-thank-me = how you like to be thanked, and which kudos to you are hidden
ui-privacy-until-thank-me = until you leave
ui-privacy-what-focus = focus: until when
ui-privacy-until-focus = until it is over
ui-privacy-what-break-through = that something could not wait until a focus was over: who called whom, and why; only those two see it
ui-privacy-until-break-through = 12 hours
ui-privacy-what-answers = answers to gatherings
ui-privacy-until-answers = a week after the gathering
ui-privacy-what-questions = questions that you ask, and your voices to others' questions
ui-privacy-until-questions = until who asked deletes the question while it is open; once it is closed, until who asked leaves, or you do
ui-privacy-what-heard = who was heard in a decision, never when
ui-privacy-until-heard = with the decision
ui-privacy-what-hidden-voices = hidden voices: sealed, until the decision is closed; from then on in the outcome, for those who see the decision
ui-privacy-until-hidden-voices = with the decision
ui-privacy-what-seal = the key to hidden voices, apart from everything else
ui-privacy-until-seal = until the decision is closed, withdrawn or deleted; then it is erased, from the database's log too
ui-privacy-what-cards = cards that a team writes together, and your lines, drawings and photos on them: while they are open, for everybody but the one they are for
ui-privacy-until-cards = until they are handed over or given up, or you leave
ui-privacy-what-handed-cards = cards that were handed over, and what stands on them, for the team
ui-privacy-until-handed-cards = until you erase yourself: cards to you go, and what you wrote on others'
ui-privacy-what-package = what you would like to send somebody, and how it travels; only those two see it
ui-privacy-until-package = 28 days while it was not sent, 90 days once it was; until you remove it, or one of the two leaves
ui-privacy-what-package-consent = that you agree, with your address sealed to the sender's computers; only the sender sees it, and nobody else can open it
ui-privacy-until-package-consent = 14 days at most; until you say that the package is there, or take it back; then it is erased, from the database's log too
ui-privacy-what-package-declined = that you would rather not; only you see it
ui-privacy-until-package-declined = 28 days
ui-privacy-what-package-received = that a package is there, with your word of thanks; only its sender sees it
ui-privacy-until-package-received = 90 days
ui-privacy-what-package-opened = each time that somebody's application has opened your address, and when; only you see it
ui-privacy-until-package-opened = 90 days, or until one of the two leaves
ui-privacy-what-surprise-consent = your address, sealed to the coordinators whom you let send surprises
ui-privacy-until-surprise-consent = 90 days, renewed by your computer; until you take it back, they are no coordinator any more, or one of the two leaves
ui-privacy-what-device-key = a key of each of your computers, to which others seal; everybody in the team sees it
ui-privacy-until-device-key = until you end the computer
ui-privacy-what-pulse-round = while a round of the pulse is open: its key, who has fetched a token with a hash of what was blinded, which numbers were used, and five counts; no answer has a name, a time or a place
ui-privacy-until-pulse-round = until the round closes; then they are erased, from the database's log too
ui-privacy-what-pulse-result = how many have said what in a round of the pulse, when they were five at least
ui-privacy-until-pulse-result = 400 days after the round
ui-privacy-what-pair-wish = your wish for pair calls: how often, until when you pause, topics, and with whom rather not; only you and the weekly draw read it
ui-privacy-until-pair-wish = until you delete it or leave
ui-privacy-what-busy = when you are busy, if you have agreed to tell it: half hours from your calendar, of the coming five weeks, and nothing else; only you and the planner read them
ui-privacy-until-busy = until the last of them is over, you take it back, or you leave
ui-privacy-what-pairings = whom you were drawn with for a pair call, the proposed times, and your answer; only those who were drawn see it
ui-privacy-until-pairings = 13 weeks after the week, since the draw looks that far back
ui-privacy-what-celebration = which days of yours may be celebrated, and how, if you have said so: a birthday without its year, since when you are in the team; only you and the endpoint read them
ui-privacy-until-celebration = until you clear them or leave
ui-privacy-what-celebration-notices = that such a day is near, for each coordinator and never for you; and that it is today, for the team, if you want that
ui-privacy-until-celebration-notices = two days after the day; when you change your mind, at once
ui-privacy-what-coordinators = who coordinates celebrations, and how many days ahead they hear
ui-privacy-until-coordinators = until an admin changes it, or they leave
ui-privacy-what-computers = your computers: the name you gave each, when it was added, the number of its newest write, and a hash of its token
ui-privacy-until-computers = until you end them
ui-privacy-what-results = results of your writes, by number: so that a write sent twice is applied once
ui-privacy-until-results = until you end the computer
ui-privacy-what-invites = invites: a hash, who made it, how often and until when it works, and which computer came in by it, if its person may have to ask again
ui-privacy-until-invites = at most a day after it is over or used up; when it may be asked for again, until it is over
ui-privacy-what-acts = what admins and operators did in the team's name: when, who, what (made, changed, removed), and to what kind of thing; never to whom, and never what it says; read by the operator alone, and by each in their own export
ui-privacy-until-acts = 180 days after it was done; when somebody leaves, “a former member” stands for them at once
ui-privacy-what-sign-in = that you sign in by your company's provider, if you do: a hash of who you are there; while you are signing in, hashes of what your browser and the address hold
ui-privacy-until-sign-in = until you leave; what belongs to a sign-in, about ten minutes, a day at most
ui-privacy-what-feed = your calendar feed, if you made one: a hash of its address, and since when
ui-privacy-until-feed = until you end it, make another or leave
ui-privacy-what-mirrors = mirrors, if admins have set some up: addresses and tokens of channels elsewhere, and which kudos and gatherings are shown there
ui-privacy-until-mirrors = until an admin removes the mirror
ui-privacy-what-photos = who brought which photo
ui-privacy-until-photos = as long as the photo
ui-version = Samovar { $version }
ui-folder = Files: { $folder }

ui-problem-bad-link = This is not a link that works here. It starts with https://; an invite looks like https://…/join/… .
ui-problem-bad-time-zone = This is not a time zone that Samovar knows.
ui-problem-bad-hours = These working hours cannot be read. Write them as 09:00 to 17:00.
ui-problem-bad-time = This is not a time of day.
ui-problem-bad-picture = This file is not a picture that Samovar can read. JPEG, PNG, WebP and GIF work.
ui-problem-too-large = This is too large.
ui-problem-too-many-photos = A snapshot holds up to four photos.
ui-problem-too-many-recipients = Kudos go to at most 20 people at a time.
ui-problem-empty = There is nothing in it yet.
ui-problem-disk-full = The disk is full. Free some space and try again.
ui-problem-unreachable = The team cannot be reached right now. Check your network and try again.
ui-problem-not-running-here = This team lives on this computer and is reached while Samovar runs for whoever started it. Start Samovar there, then try again.
ui-problem-gone = This is no longer there.
ui-problem-not-admin = Only those who look after the team can do this.
ui-problem-invite-used-up = This invite has been used up. Ask for a new one.
ui-problem-invite-expired = This invite is over. Ask for a new one.
ui-problem-focus-over = This time has passed already.
ui-problem-focus-too-long = This is too long for one focus.
ui-problem-not-reachable = They let nobody through right now, or are not in focus any more. Share it, and they see it later.
ui-problem-bad-focus-blocks = A day has at most four focus blocks, and a block lasts at most eight hours.
ui-problem-bad-break-throughs = At most three teammates a day are let through.
ui-problem-bad-digest-times = There are at most three such times a day.
ui-problem-bad-calendar-address = The address of a calendar begins with https:// or webcal://. Copy it from your calendar’s settings.
ui-problem-calendar-refused = There is no calendar to be read at this address. Copy it again; it is often called the private or secret one.
ui-problem-calendar-unreachable = Your calendar cannot be read right now. Check its address and your network; Samovar tries again later.
ui-problem-not-a-calendar = What is at this address is no calendar. Take the one that ends in .ics.
ui-problem-calendar-too-large = This calendar is too large to be read here.
ui-problem-bad-busy = These times cannot be told to the planner. Check the date of this computer.
ui-problem-slack-token = Slack does not take this token. It starts with xoxp- and needs the scopes named here.
ui-problem-slack-unreachable = Slack cannot be reached right now. Nothing was changed; try again in a moment.
ui-problem-no-keyring = The keyring does not answer, so the token is still in it. Unlock it and try again.
ui-problem-no-such-file = This file is no longer there.
ui-problem-shortcut-taken = Another program uses these keys already. Choose others.
ui-problem-shortcut-unusable = These keys cannot be used. Choose others, such as Ctrl+Alt+S.
ui-problem-shortcut-not-possible = This desktop (Wayland) lets no program listen for keys everywhere. Set keys for the command “samovar --show snapshot” in the system's own keyboard settings.
ui-problem-autostart-failed = This computer did not let Samovar change what starts with it.
ui-problem-no-browser = No browser could be started. Copy the link and open it yourself.
ui-problem-link-not-safe = This link is not a web address (https), so it was not opened.
ui-problem-screenshot-refused = No picture of the screen was taken, as you chose.
ui-problem-not-shown = Something went wrong while this was being shown. Everything that arrived or was sent is kept. Try again; if that does not help, end Samovar and start it anew.
ui-problem-unexpected = That did not work. Please try again in a moment.
ui-problem-storage-damaged = Samovar's file on this computer is damaged, so this could not be kept. A new one is being begun. Try again in a moment.
ui-problem-storage-failed = This could not be kept on this computer, and nothing was sent. Please try again.
ui-problem-draft-in-use = You have begun something new, so the snapshot stays shared. What you wrote is still there.
ui-problem-no-team = This computer is in no team yet. Join one, or start one.
ui-problem-already-in-team = This Samovar is in a team already.
ui-problem-former-member = This would change something from before you joined anew. It belongs to who you were then, so it could not be sent.
ui-problem-other-team = This link leads to another team than the one that this computer keeps your words for. Ask there for an invite.
ui-problem-team-exists = There is a team on this computer already. Ask its owner for an invite.
ui-problem-invite-unknown = This invite does not exist any more. Ask for a new one.
ui-problem-bad-invite = An invite is for 1 to 1000 people.
ui-problem-photo-gone = The photo is not here any more. Choose it again; your words are still there.
ui-problem-photo-missing = The photo is no longer on this computer.
ui-problem-blob-missing = The photo has not arrived yet. Please try again in a moment.
ui-problem-hash-mismatch = The photo did not arrive whole. Please share it again.
ui-problem-not-a-picture = The team's server could not read this picture. Try another one.
ui-problem-bad-photo = This photo cannot be shared as it is. Choose it again, or another one.
ui-problem-no-screenshot = Pictures of the screen cannot be taken from here. Take one with the Print key, then paste it.
ui-problem-no-clipboard = The clipboard cannot be used right now. Choose a file instead.
ui-problem-no-link = This gathering has no link. Ask the team where to meet.
ui-problem-port-taken = Another program stands where this computer's team listens. Everything is kept; quit the other program and try again.
ui-problem-endpoint-in-use = Another program serves this computer's team right now. Everything is kept; quit it and try again.
ui-problem-endpoint-failed = The team on this computer could not start. What was there is kept.
ui-problem-server-error = The team's server has trouble right now. Please try again in a moment.
ui-problem-store-failed = The team's server could not keep this. Please try again in a moment.
ui-problem-timeout = The team's server took too long to answer. Please try again.
ui-problem-too-many-requests = The team's server had too much to do for you in too short a time. Please wait a minute and try again.
ui-problem-too-busy = The team's server has no room for this right now. Please try again in a moment.
ui-problem-starting = The team's server is just starting. Please try again in a moment.
ui-problem-stopping = The team's server is just stopping. Please try again in a moment.
ui-problem-resync = The team's server was restored. Please try again in a moment.
ui-problem-unauthorized = The team does not know this computer any more. What you wrote is kept; ask for a new invite.
ui-problem-not-understood = The Samovar that runs is of another version. Quit it and start it again.
ui-problem-unknown-kind = The team's server is too old for this. It needs a newer version.
ui-problem-forgotten = It was sent so long ago that nobody knows any more whether it arrived.
ui-problem-not-found = This is not there, or not for you to see.
ui-problem-not-here-yet = Your profile has not arrived on this computer yet. Try again once you are online.
ui-problem-not-owner = Only the one who made this can change it.
ui-problem-last-owner = A team always has an owner. Make someone else an owner first.
ui-problem-unknown-member = Someone you named is no longer in the team.
ui-problem-no-recipient = Kudos need someone to thank. Choose at least one person.
ui-problem-doubled-recipient = Somebody is on the list twice. Name each person once.
ui-problem-kudos-to-oneself = Kudos are for others. Take yourself off the list.
ui-problem-reason-too-short = A few more words, please: say in ten letters or more what you are thankful for.
ui-problem-too-long = This is too long. Shorten it a little and try again.
ui-problem-bad-characters = There are characters in it that cannot be shown. Remove them and try again.
ui-problem-bad-emoji = A reaction is one emoji.
ui-problem-bad-rhythm = A series meets every 1, 2 or 4 weeks.
ui-problem-too-many-channels = The norms hold at most twenty channels.
ui-problem-doubled-channel = Two channels have the same name.
ui-problem-bad-reply-hours = A reply is expected within 1 to 200 working hours.
ui-problem-too-many-topics = Ten topics are enough to begin with.
ui-problem-bad-not-with = The list of those you would rather not meet holds at most fifty others, each once.
ui-problem-not-private = Only those it concerns may see it.
ui-problem-bad-times = Choose among the three times that suit all of you.
ui-problem-bad-days = The days must begin before they end, and last a year at most.
ui-problem-too-many-days = A profile holds at most twenty travels and twenty absences. Take off those that are over.
ui-problem-two-links = A series meets at one link, or in rooms of a Jitsi server. Leave one of them out.
ui-problem-bad-slots = A series has at most eight times of the week, each once; two sittings need at least two.
ui-problem-too-many-prompts = Twenty things to talk about are enough.
ui-problem-bad-invited = A gathering invites the whole team, or at least one person, each once.
ui-problem-bad-reminder = A reminder comes at most a day ahead.
ui-problem-bad-duration = A gathering lasts from 5 minutes to 8 hours.
ui-problem-bad-audience = Those you chose cannot be the ones who see this. Choose again who sees it.
ui-problem-audience-changed = Who sees something never changes once it is shared. Delete it and share it anew.
ui-problem-too-many-values = Thirty values are enough, and fewer are remembered better.
ui-problem-bad-value = A value has a name and one emoji.
ui-problem-doubled-value = The same value is there twice.
ui-problem-unknown-value = This is not one of the team’s values any more. Choose another, or none.
ui-problem-kudos-settled = Kudos can be changed for ten minutes. Delete them and give them anew.
ui-problem-kudos-between = Somebody you thank likes thanks to stay between you. Give these for them alone to see.
ui-problem-bad-options = Give two to twelve options, each once.
ui-problem-bad-involved = A decision involves 1 to 100 people, each once.
ui-problem-bad-close = A decision does not wait for more than a year.
ui-problem-decision-asked = What was asked stays as it is, since others answer it. Withdraw it and ask anew.
ui-problem-decision-closed = This decision is closed. Ask anew if it is to be thought over.
ui-problem-decision-withdrawn = Whoever asked this has taken it back.
ui-problem-decision-waits = Not everyone has been heard or has had their time yet. You can withdraw it, but not close it early.
ui-problem-not-involved = This decision asks others. Write under it what you think of it.
ui-problem-no-key = There is no key yet to seal this with. What you wrote is kept; try again when Samovar is online.
ui-problem-bad-voice = This does not answer what was asked. Say where you stand, put the options in an order, or write a few words.
ui-problem-outcome-too-short = Say in ten letters or more what has been decided.
ui-problem-bad-sealed = This could not be sealed, so it was not sent. Please try again.
ui-problem-bad-key = This computer’s key is not one that addresses can be sealed to.
ui-problem-recipient-changed = A package keeps its recipient. Ask the other one anew.
ui-problem-no-consent = There is no address for this package any more, or not yet. Ask for it.
ui-problem-please-do-not = They would rather not be celebrated. That is kind to know: nothing was sent.
ui-problem-package-lapsed = This was asked more than 14 days ago. Whoever asked can ask again.
ui-problem-bad-address = An address is one to 600 characters, in as many lines as it takes.
ui-problem-no-address = There is no address for this any more, or not yet. Ask for it.
ui-problem-address-needed = Write your address first. It stays on this computer, and is sealed for those whom you choose.
ui-problem-no-key-here = The key of this computer cannot be reached, so this cannot be opened now. Unlock the keyring and try again.
ui-problem-not-for-this-key = This was sealed for another key. Their computer seals it anew as soon as it has heard of this one.
ui-problem-unknown-device = Their computers have changed meanwhile. Please try again in a moment.
ui-problem-not-hidden = A card is seen by everybody but the one it is for.
ui-problem-card-handed-over = This card has been handed over, so nothing can be changed on it any more.
ui-problem-bad-doodle = The drawing has too many lines to be kept, or none. Draw it a little simpler.
ui-problem-name-differs = This is not your name as the team sees it. Nothing was erased.
ui-problem-bad-day = There is no such day in any year.
ui-problem-bad-country = Choose a country from the list.
ui-problem-bad-decision-hours = Everyone has 1 to 80 of their working hours to be heard, and 1 to 720 hours overall.
ui-problem-bad-lead = Coordinators hear of a celebration 1 to 60 days ahead.
ui-problem-bad-pulse-days = A round is open for 3 to 21 days.
ui-problem-bad-pulse-answer = An answer is one of the five, from “not at all” to “very much”.
ui-problem-bad-pulse-element = The endpoint could not make a token of what this computer sent. It is tried again in the next round.
ui-problem-bad-pulse-token = The endpoint does not take this computer’s token, so the answer does not count.
ui-problem-pulse-answered = You have answered this already. An answer stays as it was given, since nobody can find it again.
ui-problem-pulse-closed = This round of the pulse is not open any more.
ui-problem-pulse-token-given = Another computer of yours has this round’s one answer in hand. Answer from there.
ui-problem-pulse-unproven = The endpoint did not prove that it treats everybody alike, so this computer sends no answer.
ui-problem-bad-coordinators = A team has at most twenty coordinators, each named once.
ui-problem-cannot-delete = This cannot be deleted.

## Packages
ui-never-mind = Never mind
ui-packages = Packages
ui-packages-words = Something to hold in your hands. Addresses travel sealed.
ui-packages-to-me = For you
ui-packages-from-me = From you
ui-packages-empty-title = Nothing is on its way
ui-packages-empty-words = A mug, a book, a bag of tea: ask a teammate whether they would like something. They choose whether you get their address.
ui-packages-alone = As soon as somebody else is in the team, you can send each other something.
ui-package-new = Send something
ui-package-to = For whom
ui-package-occasion = What for
ui-occasion-other = Just so
ui-occasion-birthday = Birthday
ui-occasion-anniversary = Years in the team
ui-occasion-thanks = Thanks
ui-occasion-welcome = Welcome
ui-occasion-farewell = Farewell
ui-occasion-get-well = Get well
ui-package-words = What you say about it
ui-package-words-example = Something for the release
ui-package-ask-how = They are asked whether they would like it. If they do, their address comes sealed to your computers alone, for 14 days at most.
ui-package-ask = Ask them
ui-package-asked = Asked. You hear of it when the address is here.
ui-package-customs = { $name } lives beyond a customs border and may have to pay duty. Something bought over there may be the better gift.
ui-package-border-unknown = { $name } has not said in which country they live. Post from abroad may cost them duty.
ui-package-border-yours = Say in which country you live, so that you see whether { $name } may have to pay duty.
ui-package-for = For { $name }
ui-package-from = From { $name }
ui-package-asked-mine = { $name } has been asked. The question lapses { $when }.
ui-package-asked-theirs = { $name } would like to send you this, and asks for your address. The question lapses { $when }.
ui-package-agreed-mine = { $name } would like it. Their address is here, and is erased { $when }.
ui-package-agreed-theirs = { $name } has your address, sealed. It is erased { $when }, or as soon as you say that the package is there.
ui-package-sealing = You have agreed. Your address is sealed as soon as { $name }’s computer can be sealed to.
ui-package-declined = You would rather not. { $name } does not hear of that.
ui-package-sent-mine = On its way to { $name } with { $carrier }.
ui-package-sent-theirs = On its way to you with { $carrier }.
ui-package-received-mine = { $name } has it.
ui-package-received-theirs = It is there. Your address is erased.
ui-package-lapsed-mine = Nothing came of it in time. You can ask anew.
ui-package-lapsed-theirs = The question has lapsed. { $name } can ask anew.
ui-package-follow = Follow it
ui-package-opened = { $count ->
    [one] { $name } opened your address { $when }.
   *[other] { $name } opened your address { $count } times, last { $when }.
  }
ui-package-agree = Yes, please
ui-package-agree-after-all = Yes, after all
ui-package-agree-now = Send my address, sealed
ui-package-decline = Rather not
ui-package-decline-hint = { $name } does not hear of a no.
ui-package-sealed-hint = Sealed on this computer, so that only { $name }’s computers can open it. You see each time they do.
ui-package-said-yes = Agreed. Your address is sealed, and on its way.
ui-package-said-no = Fine. Nobody hears of it.
ui-package-take-back = Take it back
ui-package-said-taken-back = Taken back. Your address is erased.
ui-package-it-is-there = It is there
ui-package-thanks = A word to { $name }, if you like
ui-package-thanks-photo = Say thanks with a snapshot
ui-package-thanks-snapshot = Thank you, { $name }!
ui-package-say-there = Say that it is there
ui-package-said-there = Said. Your address is erased.
ui-package-show-address = Show the address
ui-package-other-computer = Sealed for another computer of yours. { $name }’s computer seals it for this one as well, as soon as it is on.
ui-package-sent = It is on its way
ui-package-carrier = Who carries it
ui-package-tracking = Where to follow it, if there is a link
ui-package-say-sent = Say that it is on its way
ui-package-said-sent = Said.
ui-package-remove = Remove
ui-address = The address, as it stands on a parcel
ui-address-example = Name, street, town, country
ui-address-of = Where { $name } lives
ui-address-opened = { $name } sees that you opened it just now. It is not kept on this computer.
ui-address-copied = Copied. Whatever you paste it into keeps it.
ui-own-address = Your address
ui-own-address-words = It stays on this computer. Only what you agree to carries it away, sealed.
ui-own-address-write = Write it down
ui-own-address-change = Change
ui-country = Country
ui-country-none = Not said
ui-country-is = { $country }, for all to see
ui-country-hint = The team sees this part, so that nobody makes you pay duty by surprise.
ui-surprises = Surprises
ui-surprises-words = These coordinators may send you something without asking, if you let them. They get your address now, sealed; this computer renews it every 90 days.
ui-surprises-need-address = Write your address down first. Then you can let coordinators send you something without asking.
ui-surprise-by = { $name } may surprise me
ui-surprise-sealing = Sealed as soon as their computer can be sealed to.
ui-surprise-until = Until { $when }, and then renewed.
ui-surprise-opened = { $count ->
    [one] Opened { $when }.
   *[other] Opened { $count } times, last { $when }.
  }
ui-may-surprise = You may surprise
ui-may-surprise-words = They let you send something without asking. They see when you open their address.
ui-surprise-for = A surprise for { $name }
ui-surprise-sent-hint = { $name } hears of it when you say that it is on its way. You need not.

## Cards that the team writes together, and cards to print

ui-cards = Cards
ui-cards-words = Written by everybody, and hidden from the one they are for until they are handed over.
ui-cards-open = Being written
ui-cards-handed = Handed over
ui-cards-empty-title = No card is being written
ui-cards-empty-words = Begin one for somebody’s birthday, farewell or a bad week. Everybody adds a line, a drawing or a photo; it is printed as one card.
ui-card-new = Begin a card
ui-card-begin = Begin
ui-card-begun = The card is there. Everybody but { $name } hears of it.
ui-card-to = For whom
ui-card-choose = Choose somebody
ui-card-occasion = What for
ui-card-title = What stands on its front
ui-card-hidden-until = { $name } will not see this before you hand it over.
ui-card-hidden-until-they = The one it is for will not see this before you hand it over.
ui-card-hidden-from = Hidden from { $name }
ui-card-for = For { $name }: { $occasion }
ui-card-begun-by = begun by { $name }
ui-card-begun-by-you = begun by you
ui-card-lines = What stands on it
ui-card-no-lines = Nothing stands on it yet. Be the first.
ui-card-your-line = Your line
ui-card-write = Write it on the card
ui-card-write-anew = Write this instead
ui-card-written = It is on the card. { $name } sees it when it is handed over.
ui-card-change = Change your line
ui-card-line-remove = Take it off
ui-card-photo = Add a photo
ui-card-draw = Draw something
ui-card-doodle-by = A drawing by { $name }
ui-card-print = Print
ui-card-hand-over = Hand over
ui-card-hand-over-sure =
    { $count ->
        [one] { $name } gets it now, with the line that is on it. After that nothing on it can be changed.
       *[other] { $name } gets it now, with the { $count } lines that are on it. After that nothing on it can be changed.
    }
ui-card-hand-over-now = Hand it over to { $name }
ui-card-handing-over = It is being handed over.
ui-card-handed = Handed over. { $name } has it now.
ui-card-give-up = Give up
ui-card-give-up-sure = Everything that was written on it goes for good. { $name } never hears of it.
ui-card-given-up = The card is gone.
ui-card-to-from = For { $to }, from { $from } and the team
ui-card-to-you-from = For you, from { $from } and the team
ui-card-to-name = For { $to }, from the team
ui-card-to-you = For you, from the team
ui-doodle = Drawing
ui-doodle-sheet =
    { $count ->
        [0] An empty sheet
        [one] Your drawing: one stroke
       *[other] Your drawing: { $count } strokes
    }
ui-doodle-pens = Pen
ui-doodle-undo = Undo
ui-doodle-clear = Clear
ui-doodle-full = The sheet is full.
ui-doodle-optional = You draw with mouse, pen or finger. A drawing is optional; words do as well.
ui-pen-0 = Ink
ui-pen-1 = Red
ui-pen-2 = Orange
ui-pen-3 = Gold
ui-pen-4 = Green
ui-pen-5 = Blue
ui-pen-6 = Violet
ui-pen-7 = Brown
ui-kudos-print = Print as a card
ui-print-title = Print as a card
ui-print-preview-of = Preview
ui-print-preview = How the card looks in print
ui-print-design = Design
ui-design-steam = Steam
ui-design-leaves = Leaves
ui-design-confetti = Confetti
ui-design-night = Night
ui-print-size = Size
ui-size-a6 = A6
ui-size-us-a2 = 5.5 × 4.25 in
ui-size-us-postcard = 6 × 4 in
ui-print-bleed = With 3 mm beyond the edge and marks of where to cut, for a print shop
ui-print-save-pdf = Save as PDF
ui-print-save-png = Save as picture
ui-print-saved = Saved: { $path }
ui-print-missing = No font of this computer has { $characters }, so that was left out.
ui-print-cut = The words are too long for this size; some were left out.
ui-print-missing-photos =
    { $count ->
        [one] A photo is not here yet and was left out. Try again when Samovar is online.
       *[other] { $count } photos are not here yet and were left out. Try again when Samovar is online.
    }
ui-problem-card-failed = The card could not be drawn. Choose another design and try again.
ui-problem-cannot-save = The file could not be written there. Choose another place.
card-thanks = Thank you, { $names }
card-signed = { $names }, { $date }
card-date = { $day } { $month } { $year }
card-for-birthday = Happy birthday
card-for-anniversary = To your years with us
card-for-thanks = Thank you
card-for-welcome = Welcome
card-for-farewell = Fare well
card-for-get-well = Get well soon
card-for-other = For you
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
