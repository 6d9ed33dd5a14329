package dev.aicore.discovery.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.CacheDocumentFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentCacheTest {

    private final String text = text("a");
    private final DocumentCache documents = new DocumentCache(text.length() * 2L, false);

    @Test
    void sameText_isParsedOnce() {
        var first = documents.of("web", text);

        assertThat(first.getFirst().id()).isEqualTo("a");
        assertThat(documents.of("web", text("a"))).isSameAs(first);
    }

    @Test
    void changedText_isParsedAgain() {
        documents.of("web", text);

        assertThat(documents.of("web", text("b")).getFirst().id()).isEqualTo("b");
        assertThat(documents.of("web", "")).isEmpty();
        assertThat(documents.of("web", "no document")).isEmpty();
    }

    @Test
    void fullCache_evictsLeastRecentlyUsedDocument() {
        var web = documents.of("web", text);
        documents.of("db", text);
        documents.of("web", text);
        documents.of("mail", text);

        assertThat(documents.size()).isEqualTo(2);
        assertThat(documents.of("web", text)).isSameAs(web);
    }

    @Test
    void oversizedDocument_isNotCached() {
        var none = new DocumentCache(10, false);

        assertThat(none.of("web", text)).isNotEmpty();
        assertThat(none.size()).isZero();
    }

    private static String text(String id) {
        return ApiJson.mapper().writeValueAsString(List.of(CacheDocumentFixture.kept(SampleInstance.of("web", id), 7)));
    }
}
