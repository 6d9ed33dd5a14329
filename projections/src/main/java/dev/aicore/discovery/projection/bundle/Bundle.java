package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.projection.bundle.Line.OfFact;
import dev.aicore.discovery.projection.bundle.Line.Row;
import dev.aicore.discovery.projection.bundle.Line.StoredFact;
import dev.aicore.discovery.projection.bundle.Line.Trailer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A bundle in a file, found to be whole. */
public final class Bundle {

    private final Path file;
    private final Header header;
    private final Trailer trailer;

    private Bundle(Path file, Header header, Trailer trailer) {
        this.file = file;
        this.header = header;
        this.trailer = trailer;
    }

    /**
     * Reads all of it once, to see that it is what was written.
     *
     * @throws DamagedBundle if it isn't, or this version can't read it
     */
    public static Bundle open(Path file) throws IOException {
        var sha = sha256();
        try (var lines = new Lines(file)) {
            var first = lines.next();
            var header = header(file, first);
            byte[] last = first;
            for (var next = lines.next(); next != null; next = lines.next()) {
                sha.update(last);
                last = next;
            }
            return new Bundle(file, header, trailer(file, last, HexFormat.of().formatHex(sha.digest())));
        }
    }

    public Header header() {
        return header;
    }

    /** How many rows of read models it begins with. */
    public long rows() {
        return trailer.rows();
    }

    /** How many facts it has. */
    public long facts() {
        return trailer.facts();
    }

    /** Takes what is between the first line and the last. */
    interface Taker {

        void row(Row row) throws SQLException;

        void fact(StoredFact fact) throws SQLException;
    }

    /** Hands out everything, in order. */
    void forEach(Taker taker) throws IOException, SQLException {
        try (var lines = new Lines(file)) {
            var _ = lines.next();
            for (var next = lines.next(); next != null; next = lines.next()) {
                var line = Json.mapper().readTree(next);
                if (line.has("row")) {
                    taker.row(Json.mapper().treeToValue(line, Row.class));
                } else if (line.has("fact")) {
                    taker.fact(Json.mapper().treeToValue(line, OfFact.class).fact());
                }
            }
        }
    }

    private static Header header(Path file, byte @Nullable [] line) throws DamagedBundle {
        var said = parse(line);
        if (said == null || !Header.NAME.equals(said.path("bundle").asString(""))) {
            throw new DamagedBundle(file + " is no bundle: its first line isn't that of one.");
        }
        int version = said.path("version").asInt(0);
        if (version < 1 || version > Header.VERSION) {
            throw new DamagedBundle(file + " is of version " + version
                    + " of the format; this registry reads versions 1 to " + Header.VERSION + ".");
        }
        try {
            return Json.mapper().treeToValue(said, Header.class);
        } catch (JacksonException e) {
            throw new DamagedBundle(file + " is no bundle: its first line isn't that of one.");
        }
    }

    private static Trailer trailer(Path file, byte @Nullable [] line, String sha256) throws DamagedBundle {
        var said = parse(line);
        var end = said == null ? null : said.get("end");
        if (end == null) {
            throw new DamagedBundle(file + " is cut off: its last line, which tells how much there is, is missing.");
        }
        var trailer = Json.mapper().treeToValue(end, Trailer.class);
        if (!sha256.equals(trailer.sha256())) {
            throw new DamagedBundle(
                    file + " is damaged: its SHA-256 is " + sha256 + ", and was " + trailer.sha256() + ".");
        }
        return trailer;
    }

    private static @Nullable JsonNode parse(byte @Nullable [] line) {
        try {
            return line == null ? null : Json.mapper().readTree(line);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
