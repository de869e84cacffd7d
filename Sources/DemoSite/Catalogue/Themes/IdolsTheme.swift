extension Theme {
    static let idols = Theme(
        key: "idols",
        genres: ["Slice of Life"],
        themes: ["Idols (Female)", "Music"],
        titleWords: [
            ("Encore", "アンコール"), ("Stage", "ステージ"), ("Melody", "メロディ"), ("Debut", "デビュー"), ("Chorus", "コーラス"),
        ],
        heroes: [
            "a backup dancer with stage fright", "the center of a disbanded idol group",
            "a street singer without an audience", "a producer on the edge of bankruptcy",
            "a drummer who joins a girl band", "a songwriter who hates love songs", "a choir girl",
            "a retired pop star",
        ],
        places: [
            "the tiny live house *", "the talent agency *", "the dome of *", "the rehearsal studio",
            "the underground theater of *", "the radio station *", "the summer festival stage",
            "the karaoke bar of *",
        ],
        tasks: [
            "fill the concert hall", "debut before the end of the year", "write the song of the summer",
            "win the audition", "reunite the band", "sing in front of ten thousand fans",
            "learn the choreography in a week", "top the music chart",
        ],
        troubles: [
            "the lead singer loses her voice", "the agency cancels the tour", "a scandal empties the fan club",
            "the microphone fails in the middle of the chorus", "a rival unit releases the same song",
            "two members leave the group", "the costume truck never arrives", "the encore is forbidden",
        ],
        companions: [
            "a perfectionist choreographer", "the biggest fan", "a rival idol with a golden voice",
            "the quiet keyboard player", "a manager with a thousand excuses", "a roadie who writes lyrics",
        ],
        details: [
            "Glow sticks, costumes and the first note of the chorus light up the stage.",
            "The idols rehearse the dance until the studio closes.", "Every lyric hides a message to a lost friend.",
            "The audience is small, but the melody stays.",
            "An album, an audition and a broken guitar string change their lives.",
            "When the curtain rises, the trembling stops.",
        ],
        talkingPoints: [
            "the songs", "the live concert", "the choreography", "the voices of the idols", "the encore",
            "the lyrics",
        ]
    )
}
