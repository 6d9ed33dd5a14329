package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationETag;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the book knows of one service: where its versions stand, and not what they say. */
final class VersionIndex {

    static final long NONE = -1;

    /** By version, from 1 at index 0: the event that made it. */
    private long[] events = {};

    private int versions;
    private @Nullable String digest;
    private int revision;
    private long schema = NONE;

    VersionIndex() {}

    /** As a snapshot has it. */
    VersionIndex(long[] events, @Nullable String digest, int revision, long schema) {
        this.events = events.clone();
        this.versions = events.length;
        this.digest = digest;
        this.revision = revision;
        this.schema = schema;
    }

    /** A new version, made by that event. */
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

    /** @param event that declared it; {@link #NONE} if there is none any more */
    void setSchema(int newRevision, long event) {
        revision = newRevision;
        schema = event;
    }

    /** The last version, also if it was deleted; 0 if there never was one. */
    int version() {
        return versions;
    }

    boolean isPresent() {
        return digest != null;
    }

    /** Of the present configuration; null if there is none. */
    @Nullable
    String digest() {
        return digest;
    }

    boolean hasVersion(int version) {
        return version >= 1 && version <= versions;
    }

    /** The event that made a version which there is. */
    long eventOf(int version) {
        return events[version - 1];
    }

    /** The last revision of its schema, also if that was dropped; 0 if there never was one. */
    int revision() {
        return revision;
    }

    /** The event that declared its schema; {@link #NONE} if there is none. */
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
