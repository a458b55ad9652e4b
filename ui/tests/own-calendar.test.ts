import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";

import OwnCalendar from "../src/views/settings/OwnCalendar.svelte";
import { asked, refuse, show, stageIpc } from "./stage";

const ADDRESS = "https://calendar.example.org/private-1/basic.ics";
const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

async function enter(address: string): Promise<void> {
  await fireEvent.input(await screen.findByLabelText(/^Private address/), { target: { value: address } });
  await press("Read it");
}

test("a calendar is read, shown by its host and count alone, and told to nobody until one says so", async () => {
  const ipc = stageIpc();
  await show(OwnCalendar, ipc);
  await enter(` ${ADDRESS} `);
  expect(await screen.findByText("12 busy times in the next 5 weeks.")).toBeVisible();
  expect(screen.getByText("calendar.example.org")).toBeVisible();
  expect(asked(ipc, "set_own_calendar")).toEqual([{ do: "set_own_calendar", address: ADDRESS }]);
  expect(document.body).not.toHaveTextContent("private-1");
  const tell = screen.getByRole("switch", { name: /Tell the team’s planner/ });
  expect(tell).not.toBeChecked();
  await fireEvent.click(tell);
  await waitFor(() => expect(asked(ipc, "tell_busy")).toEqual([{ do: "tell_busy", on: true }]));
  await waitFor(() => expect(screen.getByRole("switch")).toBeChecked());
  await press("Do not read it any more");
  expect(await screen.findByLabelText(/^Private address/)).toHaveValue("");
  expect(screen.queryByRole("switch")).toBeNull();
});

test("an address that is none is said to be none, and stays to be mended", async () => {
  await show(OwnCalendar, stageIpc({ set_own_calendar: () => refuse("not_a_calendar") }));
  await enter(ADDRESS);
  expect(await screen.findByText(/is no calendar/)).toBeVisible();
  expect(screen.getByLabelText(/^Private address/)).toHaveValue(ADDRESS);
});

test("a calendar that cannot be read any more is said to be so, with what was known", async () => {
  const card = {
    is: "own_calendar",
    host: "calendar.example.org",
    tells: true,
    busy: 1,
    read_at: "2026-11-20T10:00:00Z",
    problem: { code: "calendar_refused", detail: "gone" },
  } as const;
  await show(OwnCalendar, stageIpc({ own_calendar: () => card }));
  expect(await screen.findByText(/no calendar to be read at this address/)).toBeVisible();
  expect(screen.getByText("One busy time in the next 5 weeks.")).toBeVisible();
  expect(screen.getByRole("switch")).toBeChecked();
});
