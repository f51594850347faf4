"""The table in a window. How to write a screen for it, in forty lines:

A screen is a subclass of `screen.Screen` in a file of `window/screens`. It holds what it shows (a `Session`, what the
player has chosen so far) and says in `build` what stands on it, as a tree of elements made anew after every change:

    class Hello(Screen):
        def build(self) -> Element:
            said = self.words                                       # assets/words/LANGUAGE/hello.yaml, in en and in ko
            return Pad(Column(
                Text(said("hello.title"), TITLE),                   # styles and spacing: theme
                Panel(Text(said("hello.text", count=3)), "paper"),  # grounds: table panel raised paper accent night
                Button("go", said("hello.go"), self._go, icon="play", letter="g", kind="main"),
                gap=WIDE), PAGE)

        def _go(self) -> None:
            self.app.push(Other(self.app))                          # push, replace, close, home, open("name"), quit

    ENTRIES = {"hello": Entry(open=Hello, example=lambda app, example: Hello(app))}

- Lifecycle: `opened` (also when it comes up again), `closed` (also when the window goes), `escape` (back), `key`,
  `wakes_in` (for clocks), `first` (first focus). Anything that changes what is shown ends in `self.refresh()`; a press
  does so itself. For a sheet over the screen below: subclass `dialogs.Sheet` (`title`, `body`, `answers`); for a
  question push `dialogs.Ask`.
- A full screen with a heading and a way back is a `page.Page` (`title`, `body`); what goes along above all screens and
  lets events through, as the tutorial's coach does, is a `layer.Layer` in `app.layer`. Into a game one comes by
  `entering`.
- Layout: lengths are in units, 1080 to the height of the screen, never fewer than 1920 x 1080. `layout`: Row, Column,
  Grid, Flow; `frames`: Pad, Sized, Align, Panel, Layers, On, Scroll, Fitting (the first choice that fits), Shifted.
  `grow=1` takes what is left over; `Space(grow=1)` pushes apart. What may get long stands in a Scroll. `map.RegionMap`
  is the board.
- Looked at (`parts`): Text (**stars** are bold), Icon (assets/icons), KeyCap, Rule, SeatBadge, Stamp, Picture (a
  function that draws on the `canvas`). Colours are roles of the ground that one stands on (ink soft accent good bad
  warn), never values.
- Meters (`gauges`): Gauge and Sparkline of a Reading, Steps for a track; `plots.Plot` for lines over turns with turning
  points. `registry`, `scene` and `canvas` are worth a look; tests/window/gallery.py has one of everything.
- Pressed (`controls`, `fields`): Button, CardButton (a card with anything on it), Spot (explains itself), Link; Toggle,
  Choice, Tabs, Stepper, Slider; `text_field`: TextField; `area`: TextArea. Each has a name of its own on its screen;
  `letter` is shown and works; `tip` comes up on hover and focus; `why_not` is why it cannot be pressed now. Tab order
  is drawing order; arrows go by place.
- Keys: `key` gets a `keys.Press`, never an event: its `letter` is "" with Ctrl, Cmd, Alt or AltGr, the number pad and
  other layouts are seen to, and of a key that is held only what moves a caret, the focus or a view comes again. A
  screen on which decisions follow one another says in `moment` which of them it shows: a press counts for that alone.
- Motion: `canvas.motion.value("key", target, start=…, duration=…, delay=…)` while drawing is where a value is on its
  way there; `canvas.shifted`, `canvas.sprite` (fade, shrink, turn) and Shifted move pictures. Places for mouse and
  tests never move, so nothing waits; with motion off everything is where it goes. `self.motion.forget("key")` lets it
  set out anew.
- Long work: `job = self.start_work("search", work, done, failed)`; `work(job)` runs in a thread and calls
  `job.tell(share, words)`, which raises Cancelled after Escape on this screen or when it is closed; `done(result)`
  comes back between two frames. Show `job.share` from `build`. Never touch screens from the thread; engine states
  never change.
- Sounds: `self.app.sounds.play("card")` plays assets/sounds/card.wav, or nothing. Settings: `self.app.settings`,
  `app.change(…)`.
- See it: `tabletop screenshot hello --size 1280x720 --text-size 200 --theme light --language ko --out hello.png`, at
  1280x720, 1920x1080 and 3840x2160, 100 and 200%, both themes; then look. `example(app, Example)` must hold the most
  that a screen can hold.
- Test it: tests/window/test_every_screen.py walks every registered screen at all sizes, text sizes, themes and
  languages: nothing cut, overlapping, out of its room or below a contrast of 4.5:1, every control reached by Tab.
  `tests/window/driver.py` clicks and types: `drive(app).click("go").press("escape")`.
"""
