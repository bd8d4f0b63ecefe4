/** Which reply keyboard or forced reply holds for one person in a chat, by Telegram's rules. */

/**
 * The latest message of the bot whose markup holds for `viewer`, or null.
 * A removed keyboard, a one-time keyboard that was used, and a forced reply that was answered count as none.
 * `messages` are in order; selective markups hold for those mentioned or replied to
 * (https://core.telegram.org/bots/api#replykeyboardmarkup).
 */
export function markupFor(messages, viewer, dismissed) {
  let answered = false;
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at];
    if (message.from?.id === viewer.id) answered = true;
    const markup = message.reply_markup;
    if (!markup || markup.inline_keyboard) continue;
    if (markup.selective && message.chat.type !== "private" && !meant(message, viewer)) continue;
    if (markup.remove_keyboard) return null;
    if (markup.force_reply) {
      if (answered || dismissed.has(message.message_id)) continue;
      return message;
    }
    if (markup.one_time_keyboard && answered) return null;
    return message;
  }
  return null;
}

function meant(message, viewer) {
  if (message.reply_to_message?.from?.id === viewer.id) return true;
  const text = message.text ?? message.caption ?? "";
  return (message.entities ?? message.caption_entities ?? []).some((entity) => {
    if (entity.type === "text_mention") return entity.user.id === viewer.id;
    const words = text.slice(entity.offset, entity.offset + entity.length);
    return entity.type === "mention" && viewer.username && words.toLowerCase() === `@${viewer.username}`.toLowerCase();
  });
}
