extension Theme {
    static let school = Theme(
        key: "school",
        genres: ["Comedy", "Romance"],
        themes: ["School"],
        titleWords: [
            ("Classroom", "きょうしつ"), ("Homeroom", "ホームルーム"), ("Semester", "がっき"), ("Rooftop", "おくじょう"),
            ("Uniform", "せいふく"),
        ],
        heroes: [
            "a transfer student with a secret", "the strict president of the student council",
            "a shy girl from the back row", "the lazy vice captain of the going-home club",
            "a substitute teacher on her first day", "the class clown",
            "an honor student who failed the entrance exam", "a freshman who cannot find the classroom",
        ],
        places: [
            "* Academy", "the old school building of * High", "the student council room",
            "the rooftop after lessons", "the boarding school on the hill of *", "the forgotten club room",
            "the library of * Middle School", "the cram school beside the station",
        ],
        tasks: [
            "save the literature club from being closed", "survive the midterm exams",
            "prepare the culture festival in eleven days", "write a love letter without signing it",
            "pass the entrance examination", "win the student council election",
            "find out who rings the school bell at night", "make a hundred friends before graduation",
        ],
        troubles: [
            "the homework of the whole class disappears", "the principal bans every club activity",
            "a rumor runs through the corridors", "two classmates confess on the same afternoon",
            "the textbook is full of answers in strange handwriting", "the seating plan changes",
            "the summer vacation is canceled", "the report cards are mixed up",
        ],
        companions: [
            "a childhood friend from the next desk", "the gloomy school nurse", "a rival from the parallel class",
            "an over-eager homeroom teacher", "the twins of the broadcasting club", "a senior who never graduates",
        ],
        details: [
            "Between homework, detention and the cafeteria queue a first love begins.",
            "The blackboard, the lockers and the shoe rack all keep their secrets.",
            "Nobody in the classroom expects the new pupil to stay until the end of the semester.",
            "Every lunch break the friends meet on the stairs to the rooftop.",
            "The exam results on the notice board change everything.", "Graduation is only one spring away.",
        ],
        talkingPoints: [
            "the classroom banter", "the confession on the rooftop", "the culture festival arc", "the teachers",
            "the exam jokes", "the student council intrigue",
        ]
    )
}
