import { describe, expect, test, vi } from "vitest";

import type { Draft } from "../src/bindings/Draft";
import { Session } from "../src/session.svelte";
import { DraftKeeper } from "../src/views/popover/draft.svelte";
import { asked, later, refuse, stageIpc } from "./stage";

const kept: Draft = {
  text: "Half a thought",
  photos: [],
  lifetime: "3d",
  audience: { only: ["b1"] },
  reason: "Thank you for",
  to: ["c2"],
  value: "care",
  between_us: true,
};

function keeperWith(ipc = stageIpc()) {
  const session = new Session(ipc);
  return { ipc, session, keeper: new DraftKeeper(session) };
}

const lastSaved = (ipc: ReturnType<typeof stageIpc>) => asked(ipc, "save_draft").at(-1)?.draft;

describe("the popover's draft", () => {
  test("comes back whole, with its audience", async () => {
    const { keeper } = keeperWith(stageIpc({ draft: () => ({ is: "draft", ...kept }) }));
    await keeper.load();
    expect({ ...keeper.audience as object }).toEqual({ only: ["b1"] });
    expect([keeper.text, keeper.lifetime, keeper.reason, [...keeper.to]]).toEqual(["Half a thought", "3d", "Thank you for", ["c2"]]);
    expect([keeper.value, keeper.betweenUs]).toEqual(["care", true]);
  });

  test("is kept with its audience", async () => {
    const { ipc, keeper } = keeperWith();
    await keeper.load();
    keeper.text = "Only for you";
    keeper.audience = { except: ["b1"] };
    expect(await keeper.save()).toBe(true);
    expect(lastSaved(ipc)).toMatchObject({ text: "Only for you", audience: { except: ["b1"] } });
  });

  test("that could not be read is never written over with blanks, and is read again", async () => {
    const { ipc, keeper, session } = keeperWith(stageIpc({ draft: () => refuse("disk_full") }));
    await keeper.load();
    expect(await keeper.save()).toBe(true);
    expect(asked(ipc, "save_draft")).toEqual([]);
    expect(session.toasts).toHaveLength(1);

    keeper.text = "and the rest";
    expect(await keeper.save()).toBe(false);
    expect(asked(ipc, "save_draft")).toEqual([]);

    ipc.answers.draft = () => ({ is: "draft", ...kept });
    expect(await keeper.save()).toBe(true);
    expect(lastSaved(ipc)).toEqual({ ...kept, text: "Half a thought\nand the rest" });
  });

  test("tells when it could not be kept", async () => {
    const { keeper, session } = keeperWith(stageIpc({ save_draft: () => refuse("disk_full") }));
    await keeper.load();
    keeper.text = "x";
    expect(await keeper.save()).toBe(false);
    expect(session.toasts.map(({ isTrouble }) => isTrouble)).toEqual([true]);
  });

  test("says only once, while someone types, that it cannot be kept", async () => {
    vi.useFakeTimers();
    try {
      const { keeper, session } = keeperWith(stageIpc({ save_draft: () => refuse("disk_full") }));
      await keeper.load();
      for (const text of ["a", "ab", "abc"]) {
        keeper.text = text;
        keeper.touch();
        await vi.advanceTimersByTimeAsync(500);
      }
      expect(session.toasts).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test("is written in the order in which it changed", async () => {
    const slow = later<{ is: "done" }>();
    const ipc = stageIpc({ save_draft: () => (asked(ipc, "save_draft").length === 1 ? slow.promise : { is: "done" }) });
    const { keeper } = keeperWith(ipc);
    await keeper.load();
    keeper.text = "first";
    const saves = [keeper.save()];
    await vi.waitFor(() => expect(asked(ipc, "save_draft")).toHaveLength(1));
    keeper.text = "second";
    saves.push(keeper.save());
    slow.come({ is: "done" });
    expect(await Promise.all(saves)).toEqual([true, true]);
    expect(asked(ipc, "save_draft").map(({ draft }) => draft.text)).toEqual(["first", "second"]);
  });

  test("takes in whom someone wants to thank beside those who were there", async () => {
    const { keeper } = keeperWith(stageIpc({ draft: () => ({ is: "draft", ...kept }) }));
    keeper.thank("b1");
    await keeper.load();
    keeper.thank("b1");
    expect([...keeper.to].sort()).toEqual(["b1", "c2"]);
  });

  test("that was taken back is kept again when it is emptied", async () => {
    const { ipc, keeper } = keeperWith(stageIpc({ take_back: () => ({ is: "draft", ...kept }) }));
    await keeper.load();
    await keeper.save();
    const before = asked(ipc, "save_draft").length;
    await keeper.takeBack("new");
    expect(keeper.text).toBe("Half a thought");
    keeper.text = "";
    keeper.lifetime = null;
    keeper.audience = "team";
    await keeper.save();
    expect(asked(ipc, "save_draft").length).toBeGreaterThan(before);
    expect(lastSaved(ipc)?.text).toBe("");
  });
});
