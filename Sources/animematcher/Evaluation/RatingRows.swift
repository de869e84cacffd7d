/// The rows of one file of ratings, column by column.
struct RatingRows {
    var users: [Int32] = []
    var items: [Int32] = []
    /// Empty for a file that need not have ratings.
    var values: [Double] = []
    /// Rows that were left out.
    var rejected = 0

    var count: Int { items.count }
}
