import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { parseRoute, router } from "../src/route.svelte";
import { appIpc, openAt, settle, type AppIpc } from "./app";
import { sampleNorms } from "./sample";
import { asked, refuse } from "./stage";

async function open(change: (on: AppIpc) => void = () => undefined): Promise<AppIpc> {
  const on = appIpc();
  change(on);
  openAt("#/norms", on);
  await screen.findByRole("heading", { level: 1, name: "Norms" });
  return on;
}

test("everyone reads by when one may hope for an answer", async () => {
  await open((on) => (on.answers.norms = () => ({ is: "norms", ...sampleNorms(), is_admin: false })));
  expect(screen.getByText("Reply within 4 working hours")).toBeVisible();
  expect(screen.getByText("No reply is expected")).toBeVisible();
  expect(screen.getByText("Outside your hours nobody expects a reply.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
});

test("an admin changes them in place, and an empty number of hours promises nothing", async () => {
  const on = await open();
  await fireEvent.click(screen.getByRole("button", { name: "Edit" }));
  await settle();
  const [hours] = screen.getAllByRole("spinbutton", { name: "Reply within (working hours)" });
  await fireEvent.input(hours as HTMLElement, { target: { value: "" } });
  await fireEvent.click(screen.getByRole("button", { name: "Remove Wiki" }));
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await settle();
  expect(asked(on, "save_norms")[0]?.norms.channels).toEqual([{ name: "Chat", when: "For what is needed today." }]);
  expect(screen.getByText("The norms are saved")).toBeVisible();
  expect(screen.getByRole("button", { name: "Edit" })).toHaveFocus();
});

test("what was refused stays in the form, and so does what was begun when one looks elsewhere", async () => {
  const on = await open((on) => (on.answers.save_norms = () => refuse("doubled_channel")));
  await fireEvent.click(screen.getByRole("button", { name: "Edit" }));
  await settle();
  const [name] = screen.getAllByRole("textbox", { name: "Name" });
  await fireEvent.input(name as HTMLElement, { target: { value: "Wiki" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await settle();
  expect(screen.getByText("Two channels have the same name.")).toBeVisible();
  expect(screen.getAllByRole("textbox", { name: "Name" })[0]).toHaveValue("Wiki");
  expect(on.asked.filter((request) => request.do === "save_norms")).toHaveLength(1);
  router.current = parseRoute("#/people");
  await settle();
  expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
  router.current = parseRoute("#/norms");
  await settle();
  expect(screen.getAllByRole("textbox", { name: "Name" })[0]).toHaveValue("Wiki");
});

test("a team without norms is offered a beginning", async () => {
  await open((on) => {
    on.answers.norms = () => ({
      is: "norms",
      norms: { channels: [], meetings: "", no_reply_off_hours: true },
      is_written: false,
      is_admin: true,
    });
  });
  await fireEvent.click(screen.getByRole("button", { name: "Write the norms" }));
  await settle();
  expect(screen.getAllByRole("textbox", { name: "Name" }).map((field) => (field as HTMLInputElement).value)).toEqual([
    "Chat",
    "Mail",
  ]);
});
