package dev.aicore.discovery.projection.rebuild;

import java.util.List;

/**
 * What a table of a read model has, compared with what the store says.
 *
 * @param rows how many there are
 * @param expectedRows how many the store makes
 * @param sha256 of each row, combined by exclusive or, in hexadecimal digits
 * @param different keys of rows that are different, missing or too many; at most {@link ComparisonReader#MAX_NAMED}
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
