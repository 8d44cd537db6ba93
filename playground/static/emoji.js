// Emoji by their short names. Not the whole set: what people and the bot use here, and a readable `:name:` for the
// rest.

const TABLE = `
wave 👋|pray 🙏|seedling 🌱|tada 🎉|heart ❤️|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎|clap 👏|raised_hands 🙌|muscle 💪
handshake 🤝|ok_hand 👌|point_right 👉|point_left 👈|point_up ☝️|point_down 👇|v ✌️|crossed_fingers 🤞|open_hands 👐
smile 😄|smiley 😃|grinning 😀|grin 😁|laughing 😆|joy 😂|rofl 🤣|slightly_smiling_face 🙂|wink 😉|blush 😊|innocent 😇
heart_eyes 😍|star-struck 🤩|yum 😋|thinking_face 🤔|neutral_face 😐|relieved 😌|sleeping 😴|sunglasses 😎|confused 😕
worried 😟|cry 😢|sob 😭|scream 😱|open_mouth 😮|sweat_smile 😅|face_with_rolling_eyes 🙄|hugging_face 🤗|nerd_face 🤓
partying_face 🥳|smiling_face_with_3_hearts 🥰|upside_down_face 🙃|grimacing 😬|saluting_face 🫡|melting_face 🫠|eyes 👀
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|no_entry ⛔|question ❓|exclamation ❗
bangbang ‼️|100 💯|fire 🔥|sparkles ✨|star ⭐|star2 🌟|zap ⚡|boom 💥|bulb 💡|rocket 🚀|gift 🎁|trophy 🏆|medal 🏅|dart 🎯
calendar 📆|date 📅|alarm_clock ⏰|clock3 🕒|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|bell 🔔|no_bell 🔕
telephone_receiver 📞|phone ☎️|iphone 📱|email 📧|envelope ✉️|incoming_envelope 📨|memo 📝|pencil ✏️|pencil2 ✏️|book 📖
books 📚|newspaper 📰|bookmark 🔖|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|mag 🔍|lock 🔒|unlock 🔓|key 🔑
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|file_folder 📁|card_index 📇|inbox_tray 📥
outbox_tray 📤|package 📦|wrench 🔧|hammer 🔨|gear ⚙️|construction 🚧|building_construction 🏗️|house 🏠|house_with_garden 🏡|office 🏢|classical_building 🏛️
straight_ruler 📏|triangular_ruler 📐|airplane ✈️|car 🚗|train 🚆|world_map 🗺️|globe_with_meridians 🌐|earth_americas 🌎|earth_africa 🌍
sunny ☀️|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|ocean 🌊|evergreen_tree 🌲|deciduous_tree 🌳|wood 🪵|herb 🌿
four_leaf_clover 🍀|maple_leaf 🍁|sunflower 🌻|tulip 🌷|rose 🌹|bouquet 💐|potted_plant 🪴|coffee ☕|tea 🍵|beer 🍺|cake 🍰
birthday 🎂|pizza 🍕|taco 🌮|apple 🍎|dog 🐶|cat 🐱|bee 🐝|bird 🐦|turtle 🐢|speech_balloon 💬|thought_balloon 💭|loudspeaker 📢
mega 📣|busts_in_silhouette 👥|bust_in_silhouette 👤|people_hugging 🫂|brain 🧠|ear 👂|writing_hand ✍️|orange_heart 🧡
yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|two_hearts 💕|sparkling_heart 💖|arrow_right ➡️
arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄|leftwards_arrow_with_hook ↩️|repeat 🔁|heavy_plus_sign ➕
heavy_minus_sign ➖|information_source ℹ️|large_green_circle 🟢|large_yellow_circle 🟡|red_circle 🔴|large_blue_circle 🔵
white_circle ⚪|black_circle ⚫|small_blue_diamond 🔹|small_orange_diamond 🔸|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|email_arrow 📩`;

const BY_NAME = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => [pair.slice(0, pair.lastIndexOf(" ")), pair.slice(pair.lastIndexOf(" ") + 1)]),
);

/** Returns the character of an emoji name, or null where the table has none. */
export function emojiCharacter(name) {
  return BY_NAME.get(name.split("::")[0]) ?? null;
}

/** Returns what to show for an emoji name: its character, or the name between colons. */
export function emojiOrName(name) {
  return emojiCharacter(name) ?? `:${name}:`;
}

/** Returns the names of the table that begin with `prefix`, at most `limit`. */
export function emojiBeginning(prefix, limit) {
  return [...BY_NAME.keys()].filter((name) => name.startsWith(prefix)).slice(0, limit);
}
