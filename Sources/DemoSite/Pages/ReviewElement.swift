/// One review, as the site has it since 2022: the start visible, the rest hidden.
struct ReviewElement {
    let review: DemoReview
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        """
        <div class="review-element js-review-element"
        data-reactions='\(HTML(markup: reactions))'>
        <div class="thumbbody mt8"><div class="thumb"><a href="\(profile)" class="ga-click">\
        <img src="\(context.link("/images/spacer.gif"))" class="lazyloaded" width="48"></a></div>
        <div class="body">
        <div title="\(clock)"
        class="update_at">\(review.date.text)</div>
        <div class="username">
        <a href="\(profile)" class="ga-click" data-ga-click-type="review-anime-reviewer">\(review.author)</a>
        </div>
        <div class="tags">\(tags)</div>
        <div class="text">
        \(text)
        </div>
        <div class="rating mt20 mb20 js-hidden" style="display: none;">
        Reviewer’s Rating: <span class="num">\(review.rating)</span>
        </div>
        <div class="notice mb12 js-hidden" style="display: none;">What did you think of this review?</div>
        <div class="reaction-box mb8 js-hidden" style="display: none;">\(buttons)</div>
        <div class="bottom-navi"><div class="icon-reaction js-icon-reaction" data-id="\(review.id)" data-pagename="anime-title"></div>\
        <div class="readmore"><a href="#" class="ga-click js-readmore">Read more</a></div>\
        <div class="open"><a href="\(context.link("/reviews.php?id=\(review.id)"))" class="ga-click">Open
        </a></div></div>
        </div></div></div>

        """
    }

    private var profile: String { context.link("/profile/\(review.author)") }

    private var clock: String {
        let hour = review.minute / 60
        return "\(hour % 12 == 0 ? 12 : hour % 12):\(twoDigits(review.minute % 60)) \(hour < 12 ? "AM" : "PM")"
    }

    private var reactions: String {
        let counts = review.reactions.map { "\"\($0)\"" }.joined(separator: ",")
        let icons = review.reactions.indices.filter { review.reactions[$0] > 0 }
            .sorted { (review.reactions[$1], $0) < (review.reactions[$0], $1) }.map { String($0 + 1) }.joined(
                separator: ",")
        return "{\"count\":[\(counts)],\"num\":\(review.reactions.reduce(0, +)),\"icon\":[\(icons)]}"
    }

    private var tags: HTML {
        let of = anime.episodes.map(String.init) ?? "?"
        let verdict = review.verdict.rawValue
        let cssClass = verdict.lowercased().split(separator: " ").joined(separator: "-")
        return """
            <div class="tag \(cssClass) btn-label js-btn-label" data-id="1"><i class="fas fa-star"></i>\(verdict)
            </div>\(with: review.preliminaryEpisodes, {
                "<div class=\"tag preliminary\">Preliminary <span>(\($0)/\(of) eps)</span></div>"
            })\(if: review.isSpoiler, "<div class=\"tag spoiler\">Spoiler</div>")
            """
    }

    private var text: HTML {
        let (visible, hidden) = ReviewElement.split(review.text)
        guard !hidden.isEmpty else { return HTML.paragraphs(visible) }
        return """
            \(HTML.paragraphs(visible))
            <span class="js-visible" style="margin-left: -4px;">...</span>
            <span class="js-hidden" style="display: none;">\(HTML.paragraphs(hidden))</span>
            """
    }

    /// The first few hundred characters up to a blank, and the rest.
    static func split(_ text: String) -> (visible: String, hidden: String) {
        guard text.utf8.count > 450 else { return (text, "") }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        var size = 0
        let cut = words.firstIndex { word in
            size += word.utf8.count + 1
            return size > 330
        }
        guard let cut else { return (text, "") }
        return (words[..<cut].joined(separator: " "), words[cut...].joined(separator: " "))
    }

    private var buttons: HTML {
        "\(each: zip(Self.reactionNames.indices, review.reactions), { button($0, count: $1) })"
    }

    private func button(_ place: Int, count: Int) -> HTML {
        let (label, cssClass) = Self.reactionNames[place]
        return """
            <div class="btn-reaction js-btn-reaction \(cssClass) ga-click" data-id="\(review.id)" data-val="\(place + 1)">
            \(label)
            <span class="num">\(count)</span></div>
            """
    }

    private static let reactionNames = [
        ("Nice", "nice"), ("Love it", "loveit"), ("Funny", "funny"), ("Confusing", "confusing"),
        ("Informative", "informative"),
        ("Well-written", "well-written"), ("Creative", "creative"),
    ]
}
