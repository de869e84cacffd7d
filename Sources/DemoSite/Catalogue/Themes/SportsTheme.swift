extension Theme {
    static let sports = Theme(
        key: "sports",
        genres: ["Sports"],
        themes: ["Team Sports"],
        titleWords: [
            ("Rally", "ラリー"), ("Smash", "スマッシュ"), ("Ace", "エース"), ("Overtime", "えんちょう"), ("Champion", "おうじゃ"),
        ],
        heroes: [
            "a benched goalkeeper", "the shortest player of the volleyball team",
            "a former sprint champion with an injured knee", "the coach of the weakest baseball club",
            "a swimmer afraid of deep water", "a substitute who never touched the ball", "a badminton prodigy",
            "the captain of the relay team",
        ],
        places: [
            "the gymnasium of * Technical", "the national stadium", "the training camp in *",
            "the rain-soaked pitch of *", "the swimming pool of the town *", "the tennis court behind the factory",
            "the regional league", "the locker room of the * Hawks",
        ],
        tasks: [
            "reach the national tournament", "score one goal before the season ends", "beat the undefeated champion",
            "run the marathon under two hours", "learn the impossible serve", "build a team of nine players",
            "win the inter-high cup", "defend the title against the rival team",
        ],
        troubles: [
            "the star striker breaks a leg before the match", "the referee calls a foul in the last minute",
            "the coach resigns after the defeat", "rain turns the pitch into mud",
            "the rival team trains twice as hard", "the score is level and overtime begins",
            "a new rule bans their best serve", "the sponsor withdraws",
        ],
        companions: [
            "a hot-tempered striker", "the silent team manager", "a rival who lends him shoes",
            "a legendary trainer with a whistle", "two brothers playing in opposite teams",
            "an energetic cheerleader",
        ],
        details: [
            "Sweat, whistles and the sound of the ball fill every training session.",
            "The team runs laps until the stadium lights go out.",
            "One more serve, one more sprint, one more point to victory.",
            "The crowd in the stands holds its breath before the penalty kick.",
            "Behind every medal there are a thousand hours of practice.",
            "The scoreboard does not lie, but neither does their stamina.",
        ],
        talkingPoints: [
            "the final match", "the animation of the serve", "the training camp", "the rivalry between the teams",
            "the last-minute goal", "the speech of the coach",
        ]
    )
}
