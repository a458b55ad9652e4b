import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { Response } from "../src/bindings/Response";
import Invite from "../src/views/settings/Invite.svelte";
import { asked, later, show, stageIpc } from "./stage";

test("one press makes one invite", async () => {
  const answer = later<Response>();
  const ipc = stageIpc({ create_invite: () => answer.promise });
  await show(Invite, ipc);
  const make = screen.getByRole("button", { name: "Copy an invite link" });
  await fireEvent.click(make);
  await fireEvent.click(make);
  answer.come({ is: "invite", link: "https://tea.example.org/join/abc", expires_at: "2026-11-28T14:42:00Z", on_this_computer: false });
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Invite link" })).toBeVisible());
  expect(asked(ipc, "create_invite")).toHaveLength(1);
});

test("a key that is held down does not press again", async () => {
  await show(Invite, stageIpc());
  const make = screen.getByRole("button", { name: "Copy an invite link" });
  expect(await fireEvent.keyDown(make, { key: "Enter", repeat: true })).toBe(false);
  expect(await fireEvent.keyDown(make, { key: "Enter" })).toBe(true);
});

test("a number that was deleted is one person", async () => {
  const ipc = stageIpc();
  await show(Invite, ipc);
  await fireEvent.input(screen.getByRole("spinbutton"), { target: { value: "" } });
  await fireEvent.click(screen.getByRole("button", { name: "Copy an invite link" }));
  await waitFor(() => expect(asked(ipc, "create_invite")).toEqual([{ do: "create_invite", uses: 1 }]));
});
