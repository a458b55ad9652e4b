import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Response } from "../src/bindings/Response";
import { router } from "../src/route.svelte";
import FirstRun from "../src/views/FirstRun.svelte";
import { later, show, stageIpc, type StageIpc } from "./stage";

const TEA = "https://tea.example.org/join/abc";
const MATE = "https://mate.example.org/join/def";
const link = () => screen.getByRole("textbox", { name: "Invite link" });

/** The shell sets the address of a window that is open already. */
const openInvite = (address: string) => (window.location.hash = `#/join?link=${encodeURIComponent(address)}`);
const begin = (ipc: StageIpc) => show(FirstRun, ipc, { onbegin: () => undefined, onend: () => undefined });
const preview = (host: string): Response => ({ is: "invite_preview", host, is_safe: true, is_reachable: true });

beforeEach(async () => {
  window.location.hash = "#/";
  await waitFor(() => expect(router.current.page).toBe("today"));
});

describe("an invite that is opened", () => {
  test("is shown by a first run that is open already", async () => {
    await begin(stageIpc({}, "new"));
    openInvite(TEA);
    await waitFor(() => expect(link()).toHaveValue(TEA));
    await waitFor(() => expect(link()).toHaveFocus());
  });

  test("takes the place of another one, and of what was known of that", async () => {
    await begin(stageIpc({}, "new"));
    openInvite(TEA);
    await waitFor(() => expect(link()).toHaveValue(TEA));
    await fireEvent.click(screen.getByRole("button", { name: "Continue" }));
    await screen.findByText(/leads to tea.example.org/);
    openInvite(MATE);
    await waitFor(() => expect(link()).toHaveValue(MATE));
    expect(screen.queryByText(/leads to/)).toBeNull();
  });

  test("is shown again when it is opened again", async () => {
    await begin(stageIpc({}, "new"));
    openInvite(TEA);
    await waitFor(() => expect(link()).toHaveValue(TEA));
    await fireEvent.click(screen.getByRole("button", { name: "Back" }));
    await screen.findByRole("button", { name: /Start a team/ });
    openInvite(TEA);
    await waitFor(() => expect(link()).toHaveValue(TEA));
  });

  test("does not interrupt who is in a team by now", async () => {
    await begin(stageIpc({}, "new"));
    await fireEvent.click(screen.getByRole("button", { name: /Start a team/ }));
    await fireEvent.input(screen.getByRole("textbox"), { target: { value: "Kitchen Table" } });
    await fireEvent.click(screen.getByRole("button", { name: "Continue" }));
    await fireEvent.input(screen.getByRole("textbox", { name: "Your name" }), { target: { value: "Ana" } });
    await fireEvent.click(screen.getByRole("button", { name: "Start the team" }));
    const heading = await screen.findByRole("heading", { name: "What you want to hear about" });
    openInvite(TEA);
    await waitFor(() => expect(router.current.page).toBe("join"));
    expect(heading).toBeVisible();
  });
});

test("what is known of a link is not said of the link that took its place", async () => {
  const slow = later<Response>();
  const ipc = stageIpc({ preview_invite: ({ link }) => (link === TEA ? slow.promise : preview("mate.example.org")) }, "new");
  await begin(ipc);
  openInvite(TEA);
  await waitFor(() => expect(link()).toHaveValue(TEA));
  await fireEvent.click(screen.getByRole("button", { name: "Continue" }));
  await fireEvent.input(link(), { target: { value: MATE } });
  slow.come(preview("tea.example.org"));
  await fireEvent.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByText(/leads to mate.example.org/);
  expect(screen.queryByText(/leads to tea.example.org/)).toBeNull();
});
