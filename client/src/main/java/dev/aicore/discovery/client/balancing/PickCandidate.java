package dev.aicore.discovery.client.balancing;

/** Candidate of a pick. */
public interface PickCandidate {

    /** Returns the id, unique among the candidates. */
    String id();

    /** Returns the weight, greater than 0. */
    int weight();

    /** Returns the number of calls that count as under way. */
    default long load() {
        return 0;
    }
}
