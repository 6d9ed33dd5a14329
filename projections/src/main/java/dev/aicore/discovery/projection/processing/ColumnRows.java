package dev.aicore.discovery.projection.processing;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Converts rows to one array per column, for a statement that unnests them: its plan and its round trip don't grow with
 * the batch. Times are passed as ISO text, so that no time zone applies.
 */
public final class ColumnRows<T> {

    private final List<T> rows;
    private final List<Object> arrays = new ArrayList<>();

    public ColumnRows(List<T> rows) {
        this.rows = rows;
    }

    public ColumnRows<T> longs(ToLongFunction<T> column) {
        arrays.add(rows.stream().mapToLong(column).toArray());
        return this;
    }

    public ColumnRows<T> nullableLongs(Function<T, @Nullable Long> column) {
        var array = new @Nullable Long[rows.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = column.apply(rows.get(i));
        }
        arrays.add(array);
        return this;
    }

    public ColumnRows<T> ints(ToIntFunction<T> column) {
        arrays.add(rows.stream().mapToInt(column).toArray());
        return this;
    }

    public ColumnRows<T> texts(Function<T, @Nullable String> column) {
        var array = new @Nullable String[rows.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = column.apply(rows.get(i));
        }
        arrays.add(array);
        return this;
    }

    public ColumnRows<T> instants(Function<T, @Nullable Instant> column) {
        return texts(row -> {
            var instant = column.apply(row);
            return instant == null ? null : instant.toString();
        });
    }

    /** Binds the columns in the order of their declaration, from the statement's first parameter on. */
    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < arrays.size(); i++) {
            statement.setObject(i + 1, arrays.get(i));
        }
    }
}
