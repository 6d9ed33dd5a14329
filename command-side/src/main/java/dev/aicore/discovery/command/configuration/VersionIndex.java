package dev.aicore.discovery.command.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.configuration.ConfigurationETag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Index of one service's versions: the events of the versions, without their content. */
final class VersionIndex {

    static final long NONE = -1;

    /** Sequence numbers of the events that created the versions; version 1 is at index 0. */
    private long[] events = {};

    private int versions;
    private @Nullable String digest;
    private int revision;
    private long schema = NONE;

    VersionIndex() {}

    /** Creates an index with the state of a snapshot. */
    VersionIndex(long[] events, @Nullable String digest, int revision, long schema) {
        this.events = events.clone();
        this.versions = events.length;
        this.digest = digest;
        this.revision = revision;
        this.schema = schema;
    }

    /** Adds a version that an event created. */
    void add(long event, String content) {
        if (versions == events.length) {
            events = Arrays.copyOf(events, Math.max(4, versions + (versions >> 1)));
        }
        events[versions++] = event;
        digest = digestOf(content);
    }

    void delete() {
        digest = null;
    }

    /**
     * Sets the revision of the schema.
     *
     * @param event sequence number of the event that declared it; {@link #NONE} if the schema was dropped
     */
    void setSchema(int newRevision, long event) {
        revision = newRevision;
        schema = event;
    }

    /** Returns the last version, even if it was deleted; 0 if there was none. */
    int version() {
        return versions;
    }

    boolean isPresent() {
        return digest != null;
    }

    /** Returns true if this is the content of the present configuration; false if there is none. */
    boolean hasContent(String content) {
        return digestOf(content).equals(digest);
    }

    /** Returns the SHA-256 digest of the present configuration as 43 characters of Base64; null if there is none. */
    @Nullable
    String digest() {
        return digest;
    }

    boolean hasVersion(int version) {
        return version >= 1 && version <= versions;
    }

    /** Returns the sequence number of the event that created an existing version. */
    long eventOf(int version) {
        return events[version - 1];
    }

    /** Returns the last revision of the schema, even if it was dropped; 0 if there was none. */
    int revision() {
        return revision;
    }

    /** Returns the sequence number of the event that declared the schema; {@link #NONE} if there is none. */
    long schema() {
        return schema;
    }

    @Nullable
    String tag() {
        return isPresent() ? ConfigurationETag.ofVersion(versions) : null;
    }

    @Nullable
    String schemaTag() {
        return schema == NONE ? null : ConfigurationETag.ofSchema(revision);
    }

    long[] events() {
        return Arrays.copyOf(events, versions);
    }

    private static String digestOf(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionIndex versionIndex
                && Arrays.equals(events(), versionIndex.events())
                && Objects.equals(digest, versionIndex.digest)
                && revision == versionIndex.revision
                && schema == versionIndex.schema;
    }

    @Override
    public int hashCode() {
        return Objects.hash(versions, digest, revision, schema);
    }
}
