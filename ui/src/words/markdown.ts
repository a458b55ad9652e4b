// Markdown of others as HTML that is safe to show: no raw HTML, no pictures (a remote one would tell who looks when), no
// links but to the web and to mail. What the first library lets through the second takes out.

import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable("image");

const SAFE = {
  ALLOWED_TAGS: [
    "p", "br", "em", "strong", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h4", "hr", "table", "thead",
    "tbody", "tr", "th", "td",
  ],
  ALLOWED_ATTR: ["href", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
};

// Headings stand below the heading of the card that they are on, whatever their writer had in mind.
const below = (tokens: { tag: string }[], index: number) => {
  const token = tokens[index];
  if (token) token.tag = "h4";
};
markdown.renderer.rules.heading_open = (tokens, index, options, _, self) => {
  below(tokens, index);
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules.heading_close = markdown.renderer.rules.heading_open;

export function htmlOf(text: string): string {
  return DOMPurify.sanitize(markdown.render(text), SAFE);
}
