// @ts-check
/** Emoji by shortcode, in groups as the picker shows them. `+1` and `-1` are second names. */
export const GROUPS = /** @type {Record<string, string>} */ ({
    smileys:
        'smile:😄 smiley:😃 grin:😁 laughing:😆 joy:😂 rofl:🤣 slightly_smiling_face:🙂 upside_down:🙃 wink:😉 blush:😊 '
        + 'innocent:😇 heart_eyes:😍 star_struck:🤩 kissing_heart:😘 yum:😋 stuck_out_tongue:😛 zany:🤪 hugs:🤗 '
        + 'hand_over_mouth:🤭 shush:🤫 thinking:🤔 zipper_mouth:🤐 raised_eyebrow:🤨 neutral_face:😐 expressionless:😑 '
        + 'no_mouth:😶 smirk:😏 unamused:😒 roll_eyes:🙄 grimacing:😬 relieved:😌 pensive:😔 sleepy:😪 sleeping:😴 '
        + 'mask:😷 nauseated:🤢 sneezing:🤧 hot:🥵 cold:🥶 dizzy_face:😵 exploding_head:🤯 cowboy:🤠 partying:🥳 '
        + 'sunglasses:😎 nerd:🤓 monocle:🧐 confused:😕 worried:😟 slightly_frowning_face:🙁 open_mouth:😮 '
        + 'astonished:😲 flushed:😳 pleading:🥺 fearful:😨 cold_sweat:😰 cry:😢 sob:😭 scream:😱 disappointed:😞 sweat:😓 '
        + 'weary:😩 yawning:🥱 angry:😠 rage:😡 smiling_imp:😈 skull:💀 poop:💩 clown:🤡 ghost:👻 alien:👽 robot:🤖 '
        + 'sweat_smile:😅 salute:🫡 melting:🫠',
    people:
        'wave:👋 raised_hand:✋️ ok_hand:👌 pinched_fingers:🤌 v:✌️ crossed_fingers:🤞 metal:🤘 call_me:🤙 '
        + 'point_left:👈 point_right:👉 point_up:👆 point_down:👇 thumbsup:👍 +1:👍 thumbsdown:👎 -1:👎 fist:✊️ punch:👊 '
        + 'clap:👏 raised_hands:🙌 open_hands:👐 handshake:🤝 pray:🙏 writing_hand:✍️ muscle:💪 eyes:👀 brain:🧠 '
        + 'shrug:🤷 facepalm:🤦 raising_hand:🙋 bow:🙇 runner:🏃 dancer:💃 technologist:🧑‍💻 detective:🕵️ ninja:🥷 '
        + 'wizard:🧙',
    hearts:
        'heart:❤️ orange_heart:🧡 yellow_heart:💛 green_heart:💚 blue_heart:💙 purple_heart:💜 black_heart:🖤 '
        + 'white_heart:🤍 broken_heart:💔 sparkling_heart:💖 two_hearts:💕 100:💯 boom:💥 dizzy:💫 sweat_drops:💦 '
        + 'dash:💨 zzz:💤 speech_balloon:💬 thought_balloon:💭',
    nature:
        'dog:🐶 cat:🐱 mouse:🐭 rabbit:🐰 fox:🦊 bear:🐻 panda:🐼 koala:🐨 lion:🦁 cow:🐮 pig:🐷 frog:🐸 monkey:🐵 '
        + 'see_no_evil:🙈 hear_no_evil:🙉 speak_no_evil:🙊 chicken:🐔 penguin:🐧 bird:🐦 owl:🦉 unicorn:🦄 bee:🐝 bug:🐛 '
        + 'butterfly:🦋 snail:🐌 crab:🦀 octopus:🐙 fish:🐟 whale:🐳 turtle:🐢 snake:🐍 dragon:🐉 elephant:🐘 cactus:🌵 '
        + 'tree:🌳 seedling:🌱 four_leaf_clover:🍀 maple_leaf:🍁 mushroom:🍄 rose:🌹 sunflower:🌻 sun:☀️ moon:🌙 star:⭐️ '
        + 'sparkles:✨️ zap:⚡️ fire:🔥 rainbow:🌈 cloud:☁️ rain:🌧️ snowflake:❄️ snowman:⛄️ ocean:🌊 earth:🌍',
    food:
        'coffee:☕️ tea:🍵 beer:🍺 beers:🍻 wine:🍷 cocktail:🍸 champagne:🍾 apple:🍎 banana:🍌 lemon:🍋 strawberry:🍓 '
        + 'cherries:🍒 peach:🍑 pineapple:🍍 avocado:🥑 tomato:🍅 carrot:🥕 bread:🍞 croissant:🥐 cheese:🧀 egg:🥚 '
        + 'bacon:🥓 burger:🍔 fries:🍟 pizza:🍕 hotdog:🌭 taco:🌮 sushi:🍣 ramen:🍜 salad:🥗 popcorn:🍿 cake:🍰 birthday:🎂 '
        + 'cookie:🍪 chocolate:🍫 icecream:🍦 doughnut:🍩 honey:🍯',
    things:
        'tada:🎉 confetti:🎊 balloon:🎈 gift:🎁 trophy:🏆 medal:🏅 soccer:⚽️ basketball:🏀 tennis:🎾 dart:🎯 game:🎮 '
        + 'dice:🎲 guitar:🎸 musical_note:🎵 microphone:🎤 headphones:🎧 art:🎨 movie:🎬 camera:📷 phone:📱 computer:💻 '
        + 'keyboard:⌨️ desktop:🖥️ printer:🖨️ floppy:💾 bulb:💡 flashlight:🔦 book:📖 books:📚 memo:📝 pencil:✏️ '
        + 'paperclip:📎 pushpin:📌 scissors:✂️ lock:🔒 unlock:🔓 key:🔑 hammer:🔨 wrench:🔧 gear:⚙️ link:🔗 magnet:🧲 '
        + 'test_tube:🧪 microscope:🔬 telescope:🔭 satellite:📡 package:📦 mailbox:📫 email:📧 calendar:📅 chart:📈 '
        + 'chart_down:📉 clipboard:📋 money:💰 gem:💎 hourglass:⏳️ alarm:⏰️ bell:🔔 no_bell:🔕 mag:🔍 bomb:💣 '
        + 'crystal_ball:🔮 rocket:🚀 airplane:✈️ car:🚗 bus:🚌 train:🚆 bike:🚲 ship:🚢 house:🏠 office:🏢 tent:⛺️ '
        + 'mountain:⛰️ beach:🏖️',
    signs:
        'white_check_mark:✅️ check:✔️ x:❌️ heavy_plus:➕️ heavy_minus:➖️ question:❓️ exclamation:❗️ warning:⚠️ '
        + 'no_entry:⛔️ construction:🚧 sos:🆘 recycle:♻️ infinity:♾️ arrow_up:⬆️ arrow_down:⬇️ arrow_left:⬅️ '
        + 'arrow_right:➡️ repeat:🔁 new:🆕 cool:🆒 free:🆓 red_circle:🔴 green_circle:🟢 blue_circle:🔵 '
        + 'yellow_circle:🟡 checkered_flag:🏁 triangular_flag:🚩 rainbow_flag:🏳️‍🌈',
});
