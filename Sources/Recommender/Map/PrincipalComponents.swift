/// The two directions in which points differ most.
///
/// Source: Jolliffe, "Principal Component Analysis", 2nd ed., 2002.
public enum PrincipalComponents {
    /// The coordinates of each row along both; each component's greatest weight is positive, so that the picture is never mirrored.
    public static func plane(_ points: DenseMatrix) -> [PlanePoint] {
        let (rows, columns) = (points.rowCount, points.columnCount)
        guard rows > 0 else { return [] }
        var centred = points
        for column in 0..<columns {
            let mean = (0..<rows).reduce(0.0) { $0 + points[$1, column] } / Double(rows)
            for row in 0..<rows { centred[row, column] -= mean }
        }
        let eigen = SymmetricEigen(centred.columnProducts)
        let axes = (0..<2).map { axis -> [Double] in
            guard axis < columns else { return Array(repeating: 0, count: columns) }
            let weights = (0..<columns).map { eigen.vectors[$0, axis] }
            let greatest = weights.max { abs($0) < abs($1) } ?? 0
            return greatest < 0 ? weights.map { -$0 } : weights
        }
        return (0..<rows).map { row in
            let values = centred[row]
            return PlanePoint(
                x: zip(values, axes[0]).reduce(0) { $0 + $1.0 * $1.1 },
                y: zip(values, axes[1]).reduce(0) { $0 + $1.0 * $1.1 })
        }
    }
}
