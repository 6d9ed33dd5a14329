package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.projection.bundle.BundleHeader.Mark;
import dev.aicore.discovery.projection.bundle.BundleHeader.ObservationSummary;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.AsOfErrors;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.Ago;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves the requested range of a bundle to positions and instants. */
final class BundleHeaderReader {

    private static final String BY_POSITION =
            "SELECT position, recorded_at FROM store.facts WHERE position <= ? ORDER BY position DESC LIMIT 1";

    /** Finds facts by time: the audit has every fact and is indexed by time. */
    private static final String BY_TIME =
            "SELECT position, at FROM " + ModelTable.AUDIT + " WHERE at <= ? ORDER BY at DESC, position DESC LIMIT 1";

    /** Counts the observations of a bundle, and reads the position below which retention may have dropped some. */
    private static final String OBSERVATIONS = """
        SELECT count(*), coalesce(sum(octet_length(payload)), 0),
               (SELECT coalesce(max(to_position), 0) FROM store.compactions)
        FROM store.observations\
        """ + BundleLineReader.OBSERVATIONS_WITHIN;

    /** Maximum size of a bundle's observations: those of 10,000 heartbeats a second for an hour. */
    private static final long MAX_OBSERVATION_BYTES = 256L << 20;

    private BundleHeaderReader() {}

    /**
     * Creates the header in the snapshot that the bundle will be read in.
     *
     * @param settings settings that decisions about instances depend on, by name
     */
    static BundleHeader read(
            Connection connection, AsOfPoint from, AsOfPoint to, Instant now, Map<String, String> settings)
            throws SQLException {
        try (var select = connection.prepareStatement("SELECT incarnation, shards, position FROM store.head");
                var row = select.executeQuery()) {
            row.next();
            long head = row.getLong(3);
            var first = mark(connection, from, "from", head, now);
            var last = mark(connection, to, "to", head, now);
            if (first.position() > last.position() || first.at().isAfter(last.at())) {
                throw refusal(ErrorCode.VALIDATION_FAILED, "from", "is after 'to'", ApiJson.format(first.at()));
            }
            return new BundleHeader(
                    BundleHeader.NAME,
                    BundleHeader.VERSION,
                    row.getString(1),
                    row.getInt(2),
                    first,
                    last,
                    settings,
                    observations(connection, first, last));
        }
    }

    private static ObservationSummary observations(Connection connection, Mark from, Mark to) throws SQLException {
        try (var select = connection.prepareStatement(OBSERVATIONS)) {
            BundleLineReader.setRange(select, 1, from, to);
            try (var row = select.executeQuery()) {
                row.next();
                long rows = row.getLong(1);
                long bytes = row.getLong(2);
                if (row.getLong(3) > from.position() + 1) {
                    return new ObservationSummary(rows, bytes, "retention has dropped some of them");
                }
                return new ObservationSummary(
                        rows,
                        bytes,
                        bytes > MAX_OBSERVATION_BYTES
                                ? "they have " + bytes + " bytes; the maximum is " + MAX_OBSERVATION_BYTES
                                : null);
            }
        }
    }

    private static Mark mark(Connection connection, AsOfPoint asOf, String parameter, long head, Instant now)
            throws SQLException {
        var mark = switch (asOf) {
            case AtPosition(var position) -> {
                if (position > head) {
                    throw AsOfErrors.beyondStore(parameter, position, head);
                }
                yield ofPosition(connection, position);
            }
            case AtInstant(var instant) -> {
                if (instant.isAfter(now)) {
                    throw AsOfErrors.inFuture(parameter, instant);
                }
                yield ofInstant(connection, instant);
            }
            case Ago(var duration) -> ofInstant(connection, now.minus(duration));
        };
        if (mark == null) {
            throw refusal(ErrorCode.HISTORY_COMPACTED, parameter, "is before the store's first fact", null);
        }
        return mark;
    }

    /**
     * Returns the mark of a position: the requested position itself, with the time of the last fact at or before it.
     * Null if there is no such fact.
     */
    private static @Nullable Mark ofPosition(Connection connection, long position) throws SQLException {
        try (var select = connection.prepareStatement(BY_POSITION)) {
            select.setLong(1, position);
            var last = one(select);
            return last == null ? null : new Mark(position, last.at());
        }
    }

    private static @Nullable Mark ofInstant(Connection connection, Instant at) throws SQLException {
        try (var select = connection.prepareStatement(BY_TIME)) {
            select.setObject(1, at.atOffset(ZoneOffset.UTC));
            var last = one(select);
            return last == null ? null : new Mark(last.position(), at);
        }
    }

    private static @Nullable Mark one(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            return row.next()
                    ? new Mark(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant())
                    : null;
        }
    }

    private static RegistryException refusal(ErrorCode code, String parameter, String message, @Nullable Object given) {
        return new RegistryException(
                code,
                "'" + parameter + "' " + message + ".",
                new FieldError(parameter, message, given, "a time within this store's history"));
    }
}
