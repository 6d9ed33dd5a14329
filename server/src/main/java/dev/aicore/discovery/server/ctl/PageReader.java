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
     * @param max maximum number of elements; {@link Integer#MAX_VALUE} for all
     */
    static JsonNode read(
            CtlHttpClient ctlHttpClient, String path, Map<String, @Nullable Object> parameters, String list, int max) {
        var query = new LinkedHashMap<String, @Nullable Object>(parameters);
        query.put("limit", Math.min(max, MAX_PAGE_SIZE));
        var first = ctlHttpClient.get(path + CtlHttpClient.query(query));
        if (first.at("/data/" + list) instanceof ArrayNode all) {
            var cursor = first.at("/meta/next_cursor");
            // Pins past times to the positions of the first answer; otherwise each page would be of a later time.
            if (parameters.containsKey("at") && parameters.get("at") != null) {
                query.put("at", first.at("/meta/position").asString());
            }
            for (var moment : List.of("from", "to")) {
                var position = first.at("/data/" + moment + "/position");
                if (!position.isMissingNode()) {
                    query.put(moment, position.asString());
                }
            }
            while (!cursor.isMissingNode() && all.size() < max) {
                query.put("cursor", cursor.asString());
                query.put("limit", Math.min(max - all.size(), MAX_PAGE_SIZE));
                var page = ctlHttpClient.get(path + CtlHttpClient.query(query));
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
