import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import ZoneField from "../src/components/ZoneField.svelte";
import { settle } from "./app";
import { asked, refuse, show, stageIpc } from "./stage";

const field = () => screen.getByRole("combobox", { name: /time zone/i });

async function type(zone: string): Promise<void> {
  await fireEvent.input(field(), { target: { value: zone } });
  await fireEvent.change(field());
}

test("one may live where the browser has never heard of", async () => {
  const chosen: string[] = [];
  const ipc = stageIpc();
  await show(ZoneField, ipc, { zone: "America/Lima", onchange: (zone: string) => chosen.push(zone) });
  await settle();
  await type("Mars/Olympus");
  expect(field()).toBeValid();
  await type("Mars/Atlantis");
  expect(field()).toBeInvalid();
  expect(chosen).toEqual(["Mars/Olympus"]);
  expect(asked(ipc, "zones")).toHaveLength(1);
});

test("without an answer the browser's own are offered", async () => {
  await show(ZoneField, stageIpc({ zones: () => refuse("storage_failed") }), { zone: "America/Lima" });
  await settle();
  await type("Asia/Tokyo");
  expect(field()).toBeValid();
});
