import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";

import type { Response } from "../src/bindings/Response";
import CalendarFeed from "../src/views/settings/CalendarFeed.svelte";
import { asked, later, refuse, show, stageIpc } from "./stage";

const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

const ADDRESS = "https://tea.example.org/v1/calendar/abc.ics";

test("an address is made, and copied as each program takes it", async () => {
  const ipc = stageIpc();
  await show(CalendarFeed, ipc);
  await press("Make an address");
  expect(await screen.findByRole("textbox", { name: "Private address" })).toHaveValue(ADDRESS);
  await press("Copy");
  await press("Copy as webcal");
  await waitFor(() =>
    expect(ipc.askedOfShell).toEqual([
      { do: "copy_text", text: ADDRESS },
      { do: "copy_text", text: "webcal://tea.example.org/v1/calendar/abc.ics" },
    ]),
  );
  for (const program of [/^Google/, /^Outlook/, /^Apple/, /^Thunderbird/]) expect(screen.getByText(program)).toBeVisible();
  expect(screen.queryByText(/team is on this computer/)).toBeNull();
});

test("an address that was made before is not shown again, but renewed and ended", async () => {
  const feed: Response = { is: "calendar_feed", since: "2026-11-20T10:00:00Z", on_this_computer: true };
  const ipc = stageIpc({
    calendar_feed: () => feed,
    make_calendar_feed: () => ({ ...feed, address: ADDRESS }),
  });
  await show(CalendarFeed, ipc);
  expect(await screen.findByText(/20 November|November 20/)).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
  await press("New address");
  expect(await screen.findByRole("textbox", { name: "Private address" })).toHaveValue(ADDRESS);
  expect(screen.getByText(/team is on this computer/)).toBeVisible();
  await press("End it");
  expect(await screen.findByRole("button", { name: "Make an address" })).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("an endpoint that cannot be reached is told of, and asked again", async () => {
  const ipc = stageIpc({ calendar_feed: () => refuse("unreachable") });
  await show(CalendarFeed, ipc);
  expect(await screen.findByText(/cannot be reached/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Make an address" })).toBeNull();
  delete ipc.answers.calendar_feed;
  await press("Try again");
  expect(await screen.findByRole("button", { name: "Make an address" })).toBeVisible();
  expect(screen.queryByText(/cannot be reached/)).toBeNull();
  ipc.answers.make_calendar_feed = () => refuse("unreachable");
  await press("Make an address");
  expect(await screen.findByText(/cannot be reached/)).toBeVisible();
});

test("one press makes one address", async () => {
  const answer = later<Response>();
  const ipc = stageIpc({ make_calendar_feed: () => answer.promise });
  await show(CalendarFeed, ipc);
  await press("Make an address");
  await press("Make an address");
  answer.come({ is: "calendar_feed", since: "2026-11-23T14:42:00Z", address: ADDRESS, on_this_computer: false });
  await screen.findByRole("textbox");
  expect(asked(ipc, "make_calendar_feed")).toHaveLength(1);
});
