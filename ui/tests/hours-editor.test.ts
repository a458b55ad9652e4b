import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import HoursEditor from "../src/components/HoursEditor.svelte";
import { show, stageIpc } from "./stage";

async function edit() {
  const onchange = vi.fn();
  await show(HoursEditor, stageIpc(), { hours: { mon: ["09:00-17:00"], tue: ["09:00-12:00", "13:00-17:00"] }, onchange });
  return { onchange, from: screen.getByLabelText("Monday from"), to: screen.getByLabelText("Monday to") };
}

const set = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

test("a time that is cleared on the way to another one takes nothing away", async () => {
  const { onchange, from } = await edit();
  await set(from, "");
  expect(onchange).not.toHaveBeenCalled();
  expect(from).toBeInTheDocument();
  await set(from, "10:00");
  expect(onchange).toHaveBeenCalledExactlyOnceWith({ mon: ["10:00-17:00"], tue: ["09:00-12:00", "13:00-17:00"] });
});

test("a time that was left empty is again what it was", async () => {
  const { onchange, from } = await edit();
  await set(from, "");
  await fireEvent.blur(from);
  expect(from).toHaveValue("09:00");
  expect(onchange).not.toHaveBeenCalled();
});

test("a span that is empty for a moment, on the way to a later one, stays", async () => {
  const { onchange, from, to } = await edit();
  await set(from, "17:00");
  expect(onchange).not.toHaveBeenCalled();
  await set(to, "20:00");
  expect(onchange).toHaveBeenCalledExactlyOnceWith({ mon: ["17:00-20:00"], tue: ["09:00-12:00", "13:00-17:00"] });
});

test("a day is made free by its box alone", async () => {
  const { onchange } = await edit();
  await fireEvent.click(screen.getByRole("checkbox", { name: "Monday" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith({ tue: ["09:00-12:00", "13:00-17:00"] });
});
