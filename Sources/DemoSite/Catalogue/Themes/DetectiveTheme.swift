extension Theme {
    static let detective = Theme(
        key: "detective",
        genres: ["Mystery", "Suspense"],
        themes: ["Detective"],
        titleWords: [
            ("Alibi", "アリバイ"), ("Clue", "てがかり"), ("Dossier", "ちょうしょ"), ("Witness", "しょうにん"), ("Cipher", "あんごう"),
        ],
        heroes: [
            "a sleepless private detective", "a forensic student who never forgets a face",
            "the youngest inspector of the department", "a mystery novelist accused of murder", "a retired thief",
            "a blind piano tuner who hears lies", "a clerk of the lost property office",
            "a reporter chasing an old case",
        ],
        places: [
            "the fog-bound harbor of *", "the locked mansion *", "the detective agency on the third floor",
            "the archive of the * police", "the night train to *", "the grand hotel *", "the courthouse",
            "the back room of a pawn shop",
        ],
        tasks: [
            "solve the locked room murder", "find the missing heiress", "decode the letters of the killer",
            "prove the alibi false", "unmask the phantom thief", "clear the name of an innocent suspect",
            "reopen a case closed twenty years ago", "follow the clue hidden in the painting",
        ],
        troubles: [
            "the only witness vanishes", "a second body is found", "the evidence burns", "every suspect confesses",
            "the fingerprints belong to a dead man", "a blackmail letter arrives",
            "the murderer sends the next riddle", "the inspector himself becomes a suspect",
        ],
        companions: [
            "a skeptical police sergeant", "an assistant who faints at the sight of blood",
            "the cunning defense lawyer", "an informant with nine names", "the coroner",
            "a parrot that repeats the last words of the victim",
        ],
        details: [
            "A torn ticket, a stopped watch and a lie are the only clues.",
            "Everyone in the mansion has a motive and nobody has an alibi.",
            "The deduction leads from the crime scene to an old betrayal.",
            "The victim knew the culprit, and the culprit knows the detective.",
            "Every interrogation reveals one more secret of the family.",
            "The case file ends with a name that nobody dares to read aloud.",
        ],
        talkingPoints: [
            "the locked room trick", "the deduction", "the red herrings", "the identity of the culprit",
            "the interrogation scenes", "how fair the clues are",
        ]
    )
}
