extension Theme {
    static let cooking = Theme(
        key: "cooking",
        genres: ["Gourmet", "Comedy"],
        themes: ["Workplace"],
        titleWords: [
            ("Kitchen", "だいどころ"), ("Recipe", "レシピ"), ("Noodle", "めん"), ("Bakery", "パンや"), ("Spice", "スパイス"),
        ],
        heroes: [
            "a dishwasher with a perfect palate", "the granddaughter of a ramen master",
            "a chef who lost the sense of taste", "a baker who only works at night",
            "a restaurant critic in disguise", "an apprentice of the oldest noodle shop", "a vegetable seller",
            "a pastry cook afraid of chocolate",
        ],
        places: [
            "the bistro *", "a noodle stall under the bridge of *", "the kitchen of the hotel *",
            "the fish market of *", "the night bakery *", "the cooking contest arena",
            "a tea house in the alley of *", "the cafeteria on the ninth floor",
        ],
        tasks: [
            "recreate the lost recipe of the seven spices", "win the soup contest",
            "save the restaurant from its debts", "bake a cake without sugar", "earn a third star for the menu",
            "cook a dinner that makes the critic cry", "find the perfect rice",
            "serve a thousand dumplings in one evening",
        ],
        troubles: [
            "the oven breaks down before the banquet", "someone swaps the salt for sugar",
            "the secret ingredient is sold out", "a food chain opens across the street", "the broth boils over",
            "the knife of the master is stolen", "the guests send every plate back", "the sourdough refuses to rise",
        ],
        companions: [
            "a gluttonous food blogger", "the grumpy sous chef", "a sommelier who drinks only milk",
            "a fishmonger with a golden heart", "the rival pastry cook", "a cat that steals fried fish",
        ],
        details: [
            "Steam, butter and garlic fill the little kitchen from dawn.",
            "Every dish on the menu tells the story of a guest.",
            "The broth simmers for two days while the apprentice chops onions.",
            "Soy sauce, ginger and patience are the only ingredients.",
            "A crisp crust, a soft crumb and a spoon of jam can mend a quarrel.",
            "The recipe book has one page that nobody could ever cook.",
        ],
        talkingPoints: [
            "the food animation", "the recipes after the credits", "the soup contest", "how hungry it made me",
            "the grumpy chef", "the baking scenes",
        ]
    )
}
