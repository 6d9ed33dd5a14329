package dev.aicore.discovery.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.redis.DocumentHead;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.testing.Documents;
import dev.aicore.discovery.query.testing.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadDocumentsTest {

    private final String text = text("a");
    private final ReadDocuments documents = new ReadDocuments(text.length() * 2L, false);

    @Test
    void theSameTextIsReadOnce() {
        var first = documents.of("web", text).orElseThrow();

        assertThat(first.instances().getFirst().id()).isEqualTo("a");
        assertThat(documents.of("web", text("a")).orElseThrow()).isSameAs(first);
    }

    @Test
    void anotherTextIsReadAnew() {
        documents.of("web", text);

        assertThat(documents
                        .of("web", text("b"))
                        .orElseThrow()
                        .instances()
                        .getFirst()
                        .id())
                .isEqualTo("b");
        assertThat(documents.of("web", null)).isEmpty();
        assertThat(documents.of("web", "no document")).isEmpty();
    }

    @Test
    void theOneAskedForLongestAgoGoes() {
        var web = documents.of("web", text).orElseThrow();
        documents.of("db", text);
        documents.of("web", text);
        documents.of("mail", text);

        assertThat(documents.size()).isEqualTo(2);
        assertThat(documents.of("web", text).orElseThrow()).isSameAs(web);
    }

    @Test
    void whatIsLongerThanAllThatMayBeKeptIsReadEachTime() {
        var none = new ReadDocuments(10, false);

        assertThat(none.of("web", text)).isPresent();
        assertThat(none.size()).isZero();
    }

    private static String text(String id) {
        var head = new DocumentHead(Documents.STORE, 7, 0, "1:1");
        return head.document(Json.mapper().writeValueAsString(List.of(Documents.kept(Sample.of("web", id), 7))));
    }
}
