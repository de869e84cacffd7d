extension Theme {
    static let historical = Theme(
        key: "historical",
        genres: ["Drama", "Action"],
        themes: ["Historical", "Samurai"],
        titleWords: [
            ("Blade", "やいば"), ("Shogunate", "ばくふ"), ("Castle", "しろ"), ("Banner", "はた"), ("Lantern", "とうろう"),
        ],
        heroes: [
            "a masterless swordsman", "the daughter of a defeated clan", "a court lady who forges letters",
            "a spy among the monks", "the swordsmith of the emperor", "a peasant leading an uprising",
            "a wandering storyteller", "a messenger between two warlords",
        ],
        places: [
            "the castle town of *", "the province of *", "the imperial court", "the battlefield of *",
            "the border post at *", "the monastery on Mount *", "the harbor of the merchant ships",
            "the burning palace of *",
        ],
        tasks: [
            "avenge the fallen clan", "deliver the sealed letter to the shogun",
            "defend the castle through the winter siege", "unite the feuding provinces", "protect the young emperor",
            "smuggle the exiled lord across the border", "duel the strongest swordsman of the era",
            "record the history of the rebellion",
        ],
        troubles: [
            "the warlord breaks the truce", "the castle gates are opened by a traitor",
            "famine spreads through the province", "the sword of the ancestors is stolen",
            "an assassin enters the court", "the emperor dies without an heir", "foreign ships appear in the bay",
            "the clan is ordered to surrender",
        ],
        companions: [
            "a loyal retainer", "a one-eyed archer", "a nun with a hidden dagger", "a merchant of gunpowder",
            "the exiled prince", "a young page of the court",
        ],
        details: [
            "Swords, banners and honor rule the age of the warring clans.",
            "The siege lasts a hundred days and the rice stores are empty.",
            "A poem hidden in a fan decides the fate of the dynasty.",
            "The samurai bows, draws the blade and remembers his oath.",
            "Beyond the palace the peasants speak of rebellion.",
            "History will call them traitors, the storyteller calls them heroes.",
        ],
        talkingPoints: [
            "the sword fights", "the court intrigue", "the costumes of the era", "the siege", "the fate of the clan",
            "the historical detail",
        ]
    )
}
