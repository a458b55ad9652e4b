import "@fontsource-variable/fraunces/standard.css";
import "@fontsource-variable/inter/wght.css";
import "./styles/emoji.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/pages.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { connect } from "./ipc";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no place for the app");
mount(App, { target, props: { ipc: await connect() } });
