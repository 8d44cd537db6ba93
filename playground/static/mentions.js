// Mentions inside a plain text field: which stretches of the text stand for a person or a channel, while the text
// is being edited.

/**
 * Text with its mentions: each is {start, end, token}; the stretch start..end of `text` is what is read, `token`
 * what is sent.
 */
export class MentionedText {
  constructor(text = "", mentions = []) {
    this.text = text;
    this.mentions = mentions;
  }

  /** Takes over an edited text: mentions before and after the edit stay, one that was edited becomes plain text. */
  edit(text) {
    const start = commonStart(this.text, text);
    const tail = Math.min(commonEnd(this.text, text), this.text.length - start, text.length - start);
    const oldEnd = this.text.length - tail;
    const shift = text.length - this.text.length;
    this.mentions = this.mentions.flatMap((mention) => {
      if (mention.end <= start) return [mention];
      return mention.start >= oldEnd ? [{ ...mention, start: mention.start + shift, end: mention.end + shift }] : [];
    });
    this.text = text;
  }

  /** Replaces the stretch start..end by `label`; with a token it becomes a mention. Returns the place after it. */
  insert(start, end, label, token = null) {
    this.edit(this.text.slice(0, start) + label + this.text.slice(end));
    if (token) {
      this.mentions = this.mentions.filter((one) => one.end <= start || one.start >= start + label.length);
      this.mentions.push({ start, end: start + label.length, token });
      this.mentions.sort((one, other) => one.start - other.start);
    }
    return start + label.length;
  }

  /** Returns the mention that ends at this place, or undefined. */
  endingAt(place) {
    return this.mentions.find((mention) => mention.end === place);
  }

  /** Returns the text in stretches: {text, token|null}. */
  parts() {
    const parts = [];
    let at = 0;
    for (const { start, end, token } of this.mentions) {
      if (start > at) parts.push({ text: this.text.slice(at, start), token: null });
      parts.push({ text: this.text.slice(start, end), token });
      at = end;
    }
    if (at < this.text.length) parts.push({ text: this.text.slice(at), token: null });
    return parts;
  }

  /** Returns what is sent: tokens in place of mentions. */
  sent() {
    return this.parts()
      .map((part) => part.token ?? part.text)
      .join("");
  }
}

function commonStart(one, other) {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}

function commonEnd(one, other) {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
