/// How a sparse matrix is written.
public enum MatrixFormat: String, Sendable, CaseIterable {
    /// What `scipy.sparse.load_npz` reads: compressed sparse rows.
    case npz
    /// Matrix Market's coordinates.
    case mtx
}
