package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.query.instance.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a caller would take.
 *
 * @param version null for any
 * @param tags all of them
 * @param metadata all of these values
 * @param zone preferred, not demanded; null for none
 * @param unhealthyToo whether those that are not well are wanted as well
 */
public record Filters(
        String service,
        @Nullable VersionWish version,
        Set<String> tags,
        Map<String, String> metadata,
        @Nullable String zone,
        boolean unhealthyToo) {

    private static final int MOST_TAGS = 64;
    private static final int MOST_METADATA = 64;
    private static final Text TAG = Text.filled(128);
    private static final Text KEY = Text.filled(128);
    private static final Text VALUE = Text.upTo(1_024);
    private static final int LONGEST_VERSION = 128;
    private static final Text VERSION = Text.upTo(LONGEST_VERSION);
    private static final Text ZONE = Text.filled(128);

    /** With its place among others. */
    private static final int BYTES = 150;

    private static final int TEXT_BYTES = 64;

    public Filters {
        tags = Set.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /** From the parameters of a request; violations stay with the query. */
    public static Filters of(Query query) {
        List<String> tags = query.list("tag", MOST_TAGS, TAG);
        return new Filters(
                query.text("service_name", Names.SERVICE),
                version(query),
                Set.copyOf(tags),
                query.prefixed("metadata.", MOST_METADATA, KEY, VALUE),
                query.textOrNull("zone", ZONE),
                query.boolOr("include_unhealthy", false));
    }

    private static @Nullable VersionWish version(Query query) {
        String text = query.textOrNull("version", VERSION);
        if (text == null || text.length() > LONGEST_VERSION) {
            return null;
        }
        var wish = VersionWish.of(text);
        if (wish == null) {
            query.reject("version", "is not a range of versions", "a version, or a range such as '^1.2' or '>=1.2 <2'");
        }
        return wish;
    }

    /** Whether the instance is one that is asked for, however it is. */
    public boolean match(InstanceView instance) {
        return (version == null || version.accepts(instance.version()))
                && (tags.isEmpty() || instance.tags().containsAll(tags))
                && (metadata.isEmpty() || instance.metadata().entrySet().containsAll(metadata.entrySet()));
    }

    /** Returns the same without what an outline of a service doesn't tell. */
    Filters ofOutline() {
        return new Filters(service, version, Set.of(), Map.of(), zone, unhealthyToo);
    }

    boolean prefer(InstanceView instance) {
        return zone == null || zone.equals(instance.zone());
    }

    /** About how much memory it takes to remember something by these. */
    int bytes() {
        int bytes = BYTES + bytes(service) + bytes(zone) + (version == null ? 0 : version.bytes());
        for (var tag : tags) {
            bytes += bytes(tag);
        }
        for (var wanted : metadata.entrySet()) {
            bytes += bytes(wanted.getKey()) + bytes(wanted.getValue());
        }
        return bytes;
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : TEXT_BYTES + 2 * text.length();
    }
}
