package dev.aicore.discovery.projection.rebuild;

import java.util.List;

/**
 * Result of comparing a serving table with the facts of the store.
 *
 * @param rows number of rows in the serving table
 * @param expectedRows number of rows that the facts yield
 * @param sha256 SHA-256 of each row, combined by exclusive or, in hexadecimal digits
 * @param expectedSha256 the same for the rows that the facts yield
 * @param different keys of rows that are different, missing or superfluous; at most {@link ComparisonReader#MAX_NAMED}
 */
public record ComparisonResult(
        String table,
        long rows,
        long expectedRows,
        String sha256,
        String expectedSha256,
        boolean equal,
        List<String> different) {

    public ComparisonResult {
        different = List.copyOf(different);
    }
}
