extension Theme {
    static let mecha = Theme(
        key: "mecha",
        genres: ["Action", "Sci-Fi"],
        themes: ["Mecha", "Military"],
        titleWords: [
            ("Armor", "そうこう"), ("Cockpit", "コックピット"), ("Frame", "フレーム"), ("Reactor", "ろ"), ("Titan", "きょじん"),
        ],
        heroes: [
            "a test pilot of the giant robot *", "a mechanic drafted as a soldier",
            "the commander of the armored battalion", "an orphan chosen by the machine",
            "a deserter with a stolen combat frame", "the designer of the war machine",
            "a cadet with the lowest sync rate", "an enemy ace",
        ],
        places: [
            "the underground hangar of *", "the front line at *", "the fortress city *", "the proving ground",
            "the demilitarized zone of *", "the carrier *", "the weapons laboratory", "the trenches before the wall",
        ],
        tasks: [
            "pilot the prototype against the invasion", "hold the fortress until reinforcements come",
            "stop the runaway robot", "end the war between the two federations", "capture the enemy reactor",
            "synchronize with the machine", "uncover the conspiracy of the general staff",
            "protect the convoy of refugees",
        ],
        troubles: [
            "the cockpit seals itself", "the reactor goes critical", "the enemy deploys a new armored giant",
            "the battalion is ordered to retreat", "the missile shield fails", "the machine moves without its pilot",
            "a traitor sells the blueprints", "the ceasefire is broken",
        ],
        companions: [
            "a cold-blooded wingman", "the foul-mouthed chief mechanic",
            "an artificial intelligence inside the frame", "the strategist of the battalion", "a war correspondent",
            "the rival pilot in red armor",
        ],
        details: [
            "Steel footsteps shake the city while sirens call the pilots to the hangar.",
            "The robot has a weapon that no soldier dares to fire.",
            "Missiles, armor plates and hydraulic fists decide the battle.",
            "Every sortie leaves one more empty cockpit.", "The pilots are children, and the generals know it.",
            "The prototype remembers the war better than its makers do.",
        ],
        talkingPoints: [
            "the robot design", "the cockpit battles", "the politics of the war", "the launch sequence",
            "the death of the wingman", "the weight of the machines",
        ]
    )
}
