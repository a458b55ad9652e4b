// The command that hosts a team, with the address that the team will reach it by.

const COMMAND = "samovar-server serve --data ./samovar-team";

/** A host and perhaps a port and a path, of letters that mean nothing to a shell: the command is pasted into one. */
const PLAIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w.~/-]*)?$/;

/** The web address that was meant; `null` when this is none, or none that a command line can take as it stands. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === "" || !URL.canParse(full)) return null;
  const url = new URL(full).href.replace(/\/+$/, "");
  return PLAIN.test(url) ? url : null;
}

/** The command to run; without an address, one to try it on this computer with. */
export function commandFor(address: string | null): string {
  return address === null ? COMMAND : `${COMMAND} --public-url ${address}`;
}
