import { screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import { openToday, appIpc } from "./app";
import { NOW } from "./sample";

// It is Monday 09:42 in Lima.
test.each([
  [10, "starts in 10 h"],
  [14, "starts in 14 h"],
  [15, "back tomorrow"],
  [50, "back on Wednesday"],
  [8 * 24, /^back on Tuesday.* December/],
])("who is back in %d hours is said in one's own days", async (hours, said) => {
  const on = appIpc();
  on.today.people = on.today.people.slice(1, 2);
  for (const each of on.today.people) {
    each.state = { is: "off", starts_at: new Date(NOW + hours * 3_600_000).toISOString() };
  }
  await openToday(on);
  expect(await screen.findByText(said)).toBeVisible();
});

test("everybody's clock goes on although nothing happens", async () => {
  vi.useFakeTimers({ now: NOW });
  try {
    const on = appIpc();
    on.today.people = on.today.people.slice(0, 1);
    await openToday(on);
    expect(screen.getByText("16:42")).toBeVisible();
    for (const each of on.today.people) each.local_time = "16:43";
    await vi.advanceTimersByTimeAsync(75_000);
    expect(screen.getByText("16:43")).toBeVisible();
  } finally {
    vi.useRealTimers();
  }
});
