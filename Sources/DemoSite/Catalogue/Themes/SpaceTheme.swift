extension Theme {
    static let space = Theme(
        key: "space",
        genres: ["Sci-Fi", "Adventure"],
        themes: ["Space"],
        titleWords: [
            ("Orbit", "きどう"), ("Nebula", "せいうん"), ("Starship", "ほしぶね"), ("Comet", "すいせい"), ("Horizon", "ちへい"),
        ],
        heroes: [
            "a rookie astronaut", "the youngest navigator of the fleet", "a retired starship engineer",
            "a stowaway on a freight rocket", "the captain of a rusty survey ship", "an asteroid prospector",
            "a radio operator on a lunar base", "a botanist growing moss in zero gravity",
        ],
        places: [
            "the orbital station *", "the mining colony on the moon of *", "the research vessel *",
            "the shipyards above planet *", "the dark side of the comet *", "the satellite graveyard",
            "the ring habitat *", "the last observatory of the galaxy",
        ],
        tasks: [
            "chart the drifting asteroid belt", "repair the ion engine before the oxygen runs out",
            "bring the lost probe home", "cross the silent nebula", "find a planet with breathable air",
            "answer a signal from beyond the solar system", "steer the starship through a wormhole",
            "refuel the shuttle at the edge of the galaxy",
        ],
        troubles: [
            "a solar flare burns out the antenna", "a meteor storm punctures the hull",
            "the airlock refuses to open", "gravity fails on every deck", "the crew in cold sleep begins to wake",
            "an alien beacon locks the autopilot", "the fuel tanks freeze in the shadow of the moon",
            "a black hole bends the course",
        ],
        companions: [
            "a talkative maintenance drone", "an alien cartographer", "the suspicious ship doctor",
            "a pilot banned from every spaceport", "twin mechanics raised in orbit", "a retired admiral",
        ],
        details: [
            "Every orbit takes the crew farther from Earth and its telescopes.",
            "Spacesuits, star charts and instant noodles are all they have between the planets.",
            "The vacuum outside the window hides an ancient alien cruiser.",
            "Mission control has not answered since the rocket left the atmosphere.",
            "Light from the distant supernova will reach the colony within a year.",
            "The hull creaks, the thrusters cough and the stars do not move.",
        ],
        talkingPoints: [
            "the zero gravity scenes", "the design of the starships", "the silence of the vacuum",
            "the physics of the orbits", "the alien language", "the docking sequence",
        ]
    )
}
