import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, test } from "vitest";

import type { Response } from "../src/bindings/Response";
import Popover from "../src/views/Popover.svelte";
import { asked, goTo, later, press, show, stageIpc } from "./stage";

const THANKS = "Thank you for the kettle";
const words = () => screen.getByRole("textbox", { name: "What you are thankful for" });
const person = (name: string) => screen.getByRole("button", { name });

beforeEach(() => goTo({ view: "kudos" }));

test("thanks are given once, and what is written meanwhile stays", async () => {
  const answer = later<Response>();
  const ipc = stageIpc({ give_kudos: () => answer.promise });
  await show(Popover, ipc);
  await fireEvent.input(words(), { target: { value: THANKS } });
  await fireEvent.click(person("Ben"));
  press("Enter", { ctrlKey: true, repeat: true });
  expect(asked(ipc, "give_kudos")).toHaveLength(0);
  press("Enter", { ctrlKey: true });
  press("Enter", { ctrlKey: true });
  await fireEvent.input(words(), { target: { value: "Thank you, Cleo, for the tea" } });
  answer.come({ is: "shared", item: "new" });
  await screen.findByText("Your thanks are on their way");
  expect(asked(ipc, "give_kudos")).toHaveLength(1);
  expect(words()).toHaveValue("Thank you, Cleo, for the tea");
});

test("thanks that were given leave an empty field with the keyboard in it, and undo brings them back", async () => {
  const ipc = stageIpc();
  await show(Popover, ipc);
  await fireEvent.input(words(), { target: { value: THANKS } });
  await fireEvent.click(person("Ben"));
  await fireEvent.click(screen.getByRole("button", { name: /^Give/ }));
  await waitFor(() => expect(words()).toHaveValue(""));
  await waitFor(() => expect(words()).toHaveFocus());
  expect(person("Ben")).toHaveAttribute("aria-pressed", "false");
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(words()).toHaveValue(THANKS));
  expect(person("Ben")).toHaveAttribute("aria-pressed", "true");
});

test("saying thanks to someone chooses them, in a popover that is open already too", async () => {
  const ipc = stageIpc();
  await show(Popover, ipc);
  await waitFor(() => expect(asked(ipc, "draft")).toHaveLength(1));
  goTo({ view: "kudos", member: "c2" });
  await waitFor(() => expect(person("Cleo")).toHaveAttribute("aria-pressed", "true"));
  await tick();
  expect(words()).toHaveFocus();
});
