package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationETag;
import java.util.Arrays;
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
    void add(long event, String digestOfContent) {
        if (versions == events.length) {
            events = Arrays.copyOf(events, Math.max(4, versions + (versions >> 1)));
        }
        events[versions++] = event;
        digest = digestOfContent;
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

    /** Returns the digest of the present configuration; null if there is none. */
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
