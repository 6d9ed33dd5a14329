package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.projection.bundle.BundleLine.BundleFact;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleObservation;
import dev.aicore.discovery.projection.bundle.BundleLine.FactLine;
import dev.aicore.discovery.projection.bundle.BundleLine.ObservationLine;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import dev.aicore.discovery.projection.bundle.BundleLine.Trailer;
import dev.aicore.discovery.web.ApiJson;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Bundle in a file, verified to be complete and undamaged. */
public final class Bundle {

    private final Path file;
    private final BundleHeader bundleHeader;
    private final Trailer trailer;

    private Bundle(Path file, BundleHeader bundleHeader, Trailer trailer) {
        this.file = file;
        this.bundleHeader = bundleHeader;
        this.trailer = trailer;
    }

    /**
     * Opens a bundle. Reads the whole file once and compares its checksum.
     *
     * @throws CorruptBundleException if the file is incomplete, damaged or of a format version that this registry can't
     *     read
     */
    public static Bundle open(Path file) throws IOException {
        var sha = sha256();
        try (var lineFileReader = new LineFileReader(file)) {
            var first = lineFileReader.next();
            var bundleHeader = header(file, first);
            byte[] last = first;
            for (var next = lineFileReader.next(); next != null; next = lineFileReader.next()) {
                sha.update(last);
                last = next;
            }
            return new Bundle(
                    file, bundleHeader, trailer(file, last, HexFormat.of().formatHex(sha.digest())));
        }
    }

    public BundleHeader header() {
        return bundleHeader;
    }

    /** Returns the number of rows of read models at the start of the bundle. */
    public long rows() {
        return trailer.rows();
    }

    /** Returns the number of facts. */
    public long facts() {
        return trailer.facts();
    }

    /** Receives the lines between the header and the trailer. */
    interface BundleVisitor {

        void row(RowLine rowLine) throws SQLException;

        void fact(BundleFact fact) throws SQLException;

        /** Receives the observations of one batch; does nothing by default. */
        default void observation(BundleObservation observation) throws SQLException {}
    }

    /** Passes all rows, facts and observations to the visitor, in order. */
    void forEach(BundleVisitor bundleVisitor) throws IOException, SQLException {
        try (var lineFileReader = new LineFileReader(file)) {
            var _ = lineFileReader.next();
            for (var next = lineFileReader.next(); next != null; next = lineFileReader.next()) {
                var line = ApiJson.mapper().readTree(next);
                if (line.has("row")) {
                    bundleVisitor.row(ApiJson.mapper().treeToValue(line, RowLine.class));
                } else if (line.has("fact")) {
                    bundleVisitor.fact(
                            ApiJson.mapper().treeToValue(line, FactLine.class).fact());
                } else if (line.has("observation")) {
                    bundleVisitor.observation(ApiJson.mapper()
                            .treeToValue(line, ObservationLine.class)
                            .observation());
                }
            }
        }
    }

    private static BundleHeader header(Path file, byte @Nullable [] line) throws CorruptBundleException {
        var json = parse(line);
        if (json == null || !BundleHeader.NAME.equals(json.path("bundle").asString(""))) {
            throw new CorruptBundleException(file + " is not a bundle: its first line is not a bundle header.");
        }
        int version = json.path("version").asInt(0);
        if (version < 1 || version > BundleHeader.VERSION) {
            throw new CorruptBundleException(file + " has format version " + version
                    + "; this registry reads versions 1 to " + BundleHeader.VERSION + ".");
        }
        try {
            return ApiJson.mapper().treeToValue(json, BundleHeader.class);
        } catch (JacksonException e) {
            throw new CorruptBundleException(file + " is not a bundle: its first line is not a bundle header.");
        }
    }

    private static Trailer trailer(Path file, byte @Nullable [] line, String sha256) throws CorruptBundleException {
        var json = parse(line);
        var end = json == null ? null : json.get("end");
        if (end == null) {
            throw new CorruptBundleException(
                    file + " is truncated: its last line, which states the numbers of rows and facts, is missing.");
        }
        var trailer = ApiJson.mapper().treeToValue(end, Trailer.class);
        if (!sha256.equals(trailer.sha256())) {
            throw new CorruptBundleException(
                    file + " is corrupt: its SHA-256 is " + sha256 + " (expected: " + trailer.sha256() + ").");
        }
        return trailer;
    }

    private static @Nullable JsonNode parse(byte @Nullable [] line) {
        try {
            return line == null ? null : ApiJson.mapper().readTree(line);
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

    /** Thrown if a file isn't a complete bundle; the message is the line to show. */
    public static final class CorruptBundleException extends IOException {

        CorruptBundleException(String message) {
            super(message);
        }
    }
}
