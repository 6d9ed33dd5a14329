package dev.aicore.discovery.readmodel.database;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row that share a name prefix, by the rest of their names.
 *
 * @param prefix e.g. {@code before_}; empty if the row holds a single object
 */
public record PrefixedColumns(Readable row, String prefix) {

    public static PrefixedColumns of(Readable row) {
        return new PrefixedColumns(row, "");
    }

    /** Returns true if the column is null, e.g. because an outer join found no row. */
    public boolean isMissing(String name) {
        return row.get(prefix + name) == null;
    }

    public String text(String name) {
        return requireValue(name, textOrNull(name));
    }

    public @Nullable String textOrNull(String name) {
        return row.get(prefix + name, String.class);
    }

    public long number(String name) {
        return requireValue(name, row.get(prefix + name, Long.class));
    }

    public int integer(String name) {
        return requireValue(name, integerOrNull(name));
    }

    public @Nullable Integer integerOrNull(String name) {
        return row.get(prefix + name, Integer.class);
    }

    public boolean bool(String name) {
        return requireValue(name, row.get(prefix + name, Boolean.class));
    }

    public byte[] bytes(String name) {
        return requireValue(name, bytesOrNull(name));
    }

    public byte @Nullable [] bytesOrNull(String name) {
        return row.get(prefix + name, byte[].class);
    }

    public List<String> texts(String name) {
        return List.of(requireValue(name, row.get(prefix + name, String[].class)));
    }

    public Instant instant(String name) {
        return requireValue(name, instantOrNull(name));
    }

    public @Nullable Instant instantOrNull(String name) {
        return row.get(prefix + name, Instant.class);
    }

    private <T> T requireValue(String name, @Nullable T value) {
        return Objects.requireNonNull(value, () -> "Column " + prefix + name + " is null.");
    }
}
