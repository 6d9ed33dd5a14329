package dev.aicore.discovery.query.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the list of all instances, which is ordered by service and id; callers carry it as a cursor. */
public record Place(String service, String id) {

    /** Before all. */
    public static final Place START = new Place("", "");

    private static final String PARAMETER = "cursor";
    private static final char SEPARATOR = '\n';
    private static final Text CURSOR = Text.filled(1_024);

    static Place of(InstanceView instance) {
        return new Place(instance.name(), instance.id());
    }

    /**
     * From the parameter {@code cursor}; violations stay with the query.
     *
     * @param service what the list is limited to; null for all services
     */
    public static Place of(Query query, @Nullable String service) {
        String cursor = query.textOrNull(PARAMETER, CURSOR);
        if (cursor == null) {
            return START;
        }
        var place = parse(cursor);
        if (place == null || (service != null && !service.equals(place.service))) {
            query.reject(
                    PARAMETER,
                    "is not a cursor of this list",
                    "the next_cursor of the page before, with the same filter");
            return START;
        }
        return place;
    }

    /** As callers carry it. */
    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((service + SEPARATOR + id).getBytes(UTF_8));
    }

    private static @Nullable Place parse(String cursor) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int separator = text.indexOf(SEPARATOR);
        // PostgreSQL refuses text with a NUL in it.
        return separator < 0 || text.indexOf('\0') >= 0
                ? null
                : new Place(text.substring(0, separator), text.substring(separator + 1));
    }
}
