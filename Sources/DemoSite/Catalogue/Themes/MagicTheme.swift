extension Theme {
    static let magic = Theme(
        key: "magic",
        genres: ["Fantasy", "Adventure"],
        themes: ["Mythology"],
        titleWords: [
            ("Grimoire", "まどうしょ"), ("Spell", "じゅもん"), ("Witch", "まじょ"), ("Dragon", "りゅう"), ("Rune", "ルーン"),
        ],
        heroes: [
            "an apprentice witch without a broom", "the last heir of the rune smiths",
            "a cursed prince in the shape of a crow", "a wizard who forgot his only spell",
            "a healer banished from the temple", "a dragon tamer with a fear of fire", "an elf librarian",
            "a summoner who only summons kettles",
        ],
        places: [
            "the floating tower of *", "the enchanted forest *", "the kingdom of *", "the academy of sorcery in *",
            "the ruins below the crystal lake", "the goblin market of *", "the cave of the dragon *",
            "the frozen temple",
        ],
        tasks: [
            "break the curse of the moon queen", "collect the five runes", "awaken the sleeping dragon",
            "read the forbidden grimoire", "restore the magic of the kingdom", "defeat the demon lord",
            "brew the potion of memory", "seal the gate of the spirits",
        ],
        troubles: [
            "the familiar runs away", "a spell turns the village into glass", "the demon army crosses the border",
            "the wand breaks in two", "the spirits demand a price", "the oracle goes silent",
            "a rival sorcerer steals the amulet", "mana begins to vanish from the world",
        ],
        companions: [
            "a sarcastic talking cat", "a knight in enchanted armor", "a young fairy", "the disguised princess",
            "a half-demon swordsman", "an old alchemist",
        ],
        details: [
            "Runes glow, potions bubble and the moon watches over the witches.",
            "Each spell costs a memory, and the wizard has few left.",
            "An ancient prophecy speaks of a mage without mana.",
            "The enchanted forest moves one step closer to the castle every night.",
            "Dragons, elves and demons once shared a single throne.",
            "Only a true name can seal the grimoire again.",
        ],
        talkingPoints: [
            "the magic system", "the dragon", "the spell animation", "the lore of the kingdom", "the talking cat",
            "the demon lord",
        ]
    )
}
