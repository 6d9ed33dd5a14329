package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.web.ApiJson;
import java.io.InputStream;
import java.io.StringWriter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.filter.FilteringParserDelegate;
import tools.jackson.core.filter.JsonPointerBasedFilter;
import tools.jackson.core.filter.TokenFilter.Inclusion;

/** Copies JSON with all numbers digit by digit, without converting them. */
final class ExactJson {

    private ExactJson() {}

    /**
     * Returns indented JSON.
     *
     * @param part part to return; if it is absent the result is empty
     */
    static String pretty(InputStream json, JsonPointer part) {
        var text = new StringWriter();
        try (var whole = ApiJson.mapper().createParser(json);
                var out = ApiJson.mapper().writerWithDefaultPrettyPrinter().createGenerator(text)) {
            var parser = part.matches() ? whole : only(part, whole);
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    out.writeNumber(parser.getString());
                } else {
                    out.copyCurrentEvent(parser);
                }
            }
        }
        return text.toString();
    }

    private static JsonParser only(JsonPointer part, JsonParser whole) {
        return new FilteringParserDelegate(whole, new JsonPointerBasedFilter(part), Inclusion.ONLY_INCLUDE_ALL, false);
    }
}
