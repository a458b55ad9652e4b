import { cleanup, fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, test } from "vitest";

import type { AppNotice } from "../src/bindings/AppNotice";
import QuietLine from "../src/components/QuietLine.svelte";
import { sampleStatus } from "./sample";
import { show, stageIpc } from "./stage";

beforeEach(() => localStorage.clear());

async function with_(notices: AppNotice[]) {
  cleanup();
  const session = await show(QuietLine, stageIpc());
  const say = async (next: AppNotice[]) => {
    session.takeStatus({ ...sampleStatus("lively"), notices: next });
    await tick();
  };
  await say(notices);
  return { say };
}

const dismiss = () => fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
const full: AppNotice = { notice: "disk_full" };
const aside = (path: string): AppNotice => ({ notice: "database_set_aside", path });

test("what this computer lacks is said once and never again", async () => {
  await with_([{ notice: "no_tray" }]);
  await dismiss();
  expect(screen.queryByText(/no tray icons/)).toBeNull();
  await with_([{ notice: "no_tray" }]);
  expect(screen.queryByText(/no tray icons/)).toBeNull();
});

test("a disk that is full again is said again", async () => {
  const { say } = await with_([full]);
  await dismiss();
  await say([full]);
  expect(screen.queryByText(/disk is full/)).toBeNull();
  await say([]);
  await say([full]);
  await waitFor(() => expect(screen.getByText(/disk is full/)).toBeVisible());
});

test("each database that was set aside is said, once", async () => {
  await with_([aside("/a")]);
  await dismiss();
  await with_([aside("/a")]);
  expect(screen.queryByText(/set aside/)).toBeNull();
  await with_([aside("/b")]);
  expect(screen.getByText(/set aside at \/b/)).toBeVisible();
});

test("a dismissal from before kinds were told apart silences no trouble", async () => {
  localStorage.setItem("samovar-dismissed-notices", JSON.stringify(["disk_full", "database_set_aside", "no_keyring"]));
  await with_([full, aside("/a"), { notice: "no_keyring" }]);
  expect(screen.getByText(/disk is full/)).toBeVisible();
  expect(screen.getByText(/set aside/)).toBeVisible();
  expect(screen.queryByText(/keyring/)).toBeNull();
});

test("who was signed out is offered to join anew", async () => {
  const session = await show(QuietLine, stageIpc());
  session.takeStatus({ ...sampleStatus("lively"), connection: { state: "signed_out" } });
  await tick();
  expect(screen.getByRole("link", { name: "Join with an invite" })).toHaveAttribute("href", "#/join");
});
