package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads lists page by page, to their end or to a limit, and joins the pages. */
final class PageReader {

    private static final int MAX_PAGE_SIZE = 1_000;

    private PageReader() {}

    /**
     * Returns the first answer, with the elements of all pages.
     *
     * @param list member of {@code data} that contains the elements
     * @param most maximum number of elements; {@link Integer#MAX_VALUE} for all
     */
    static JsonNode read(
            RegistryClient registryClient,
            String path,
            Map<String, @Nullable Object> parameters,
            String list,
            int most) {
        var asked = new LinkedHashMap<String, @Nullable Object>(parameters);
        asked.put("limit", Math.min(most, MAX_PAGE_SIZE));
        var first = registryClient.get(path + RegistryClient.query(asked));
        if (first.at("/data/" + list) instanceof ArrayNode all) {
            var cursor = first.at("/meta/next_cursor");
            // Pins past times to the positions of the first answer; otherwise each page would be of a later time.
            if (parameters.containsKey("at") && parameters.get("at") != null) {
                asked.put("at", first.at("/meta/position").asString());
            }
            for (var moment : List.of("from", "to")) {
                var position = first.at("/data/" + moment + "/position");
                if (!position.isMissingNode()) {
                    asked.put(moment, position.asString());
                }
            }
            while (!cursor.isMissingNode() && all.size() < most) {
                asked.put("cursor", cursor.asString());
                asked.put("limit", Math.min(most - all.size(), MAX_PAGE_SIZE));
                var page = registryClient.get(path + RegistryClient.query(asked));
                page.at("/data/" + list).forEach(all::add);
                cursor = page.at("/meta/next_cursor");
            }
            if (first.get("meta") instanceof ObjectNode meta && cursor.isMissingNode()) {
                meta.remove("next_cursor");
            } else if (first.get("meta") instanceof ObjectNode meta) {
                meta.set("next_cursor", cursor);
            }
        }
        return first;
    }
}
