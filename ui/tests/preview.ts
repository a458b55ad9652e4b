// Every view with a made-up team, to look at: `npm run preview:sample`, then /tests/preview.html?scene=crowd#/settings.

import "@fontsource-variable/fraunces/standard.css";
import "@fontsource-variable/inter/wght.css";
import "../src/styles/emoji.css";
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import "../src/styles/pages.css";

import { mount } from "svelte";

import App from "../src/App.svelte";
import type { Language } from "../src/bindings/Language";
import type { Theme } from "../src/bindings/Theme";
import { sample, type Scene } from "./sample";

const asked = new URLSearchParams(window.location.search);
const target = document.getElementById("app");
if (!target) throw new Error("preview.html has no place for the app");
mount(App, {
  target,
  props: {
    ipc: sample((asked.get("scene") ?? "lively") as Scene, {
      theme: (asked.get("theme") ?? "light") as Theme,
      locale: asked.get("locale") ?? "en",
      language: (asked.get("locale") ?? "en") as Language,
    }),
  },
});
