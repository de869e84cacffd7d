extension Theme {
    static let countryside = Theme(
        key: "countryside",
        genres: ["Slice of Life"],
        themes: ["Iyashikei"],
        titleWords: [
            ("Meadow", "のはら"), ("Harvest", "しゅうかく"), ("Village", "むら"), ("Firefly", "ほたる"), ("Orchard", "かじゅえん"),
        ],
        heroes: [
            "a city girl sent to her grandmother", "the only child of the village", "a young postman",
            "a widower who repairs bicycles", "a painter looking for quiet", "a veterinarian on a tiny island",
            "a beekeeper", "the driver of a bus with two passengers a day",
        ],
        places: [
            "the mountain village *", "a farmhouse near *", "the rice fields of *", "the island of *",
            "the bus stop under the cherry tree", "the valley of *", "the old mill", "the riverbank below *",
        ],
        tasks: [
            "bring in the harvest before the rain", "restore the abandoned farmhouse",
            "learn the names of all the neighbors", "deliver a letter across the mountains", "plant an orchard",
            "count the fireflies", "keep the village shop open", "spend one slow summer",
        ],
        troubles: [
            "the typhoon floods the fields", "the last bus line is closed", "a goat eats the festival lanterns",
            "the well runs dry", "a letter arrives from the city", "the snow cuts off the valley",
            "the neighbor falls ill", "the cicadas fall silent",
        ],
        companions: [
            "a wise grandmother", "a stray dog", "three noisy cousins", "the fisherman next door",
            "a barefoot girl with a net", "the retired station master",
        ],
        details: [
            "Cicadas, watermelon and a cool breeze on the veranda make up the whole day.",
            "Nothing much happens in the village, and it happens slowly.",
            "The rice turns from green to gold while the neighbors drink tea.",
            "Frogs sing in the fields and the river smells of grass.",
            "Every season brings its fruit, its chores and its small festival.",
            "In the evening the smoke of the bath rises over the valley.",
        ],
        talkingPoints: [
            "the watercolor landscapes", "the calm pace", "the sound of the cicadas", "the grandmother",
            "the seasons", "how relaxing each evening is",
        ]
    )
}
