package dev.aicore.discovery.dialect.eureka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApplicationAnswerCacheTest {

    private final EurekaApplication application = new EurekaApplication("WEB", new TreeMap<>());

    private byte[] answer(ApplicationAnswerCache cache, EurekaApplication of, EurekaFormat format) {
        return Objects.requireNonNull(cache.get(of, format).block());
    }

    @Test
    void answer_ofAnUnchangedApplication_isEncodedOncePerFormat() {
        var cache = new ApplicationAnswerCache(1_000_000);
        var json = answer(cache, application, EurekaFormat.JSON);

        assertThat(new String(json, UTF_8)).isEqualTo("{\"application\":{\"name\":\"WEB\",\"instance\":[]}}");
        assertThat(answer(cache, application, EurekaFormat.JSON)).isSameAs(json);
        var xml = answer(cache, application, EurekaFormat.XML);
        assertThat(new String(xml, UTF_8)).startsWith("<application>");
        assertThat(answer(cache, application, EurekaFormat.XML)).isSameAs(xml);
    }

    @Test
    void answer_ofAnotherObject_isEncodedAnew() {
        var cache = new ApplicationAnswerCache(1_000_000);
        var json = answer(cache, application, EurekaFormat.JSON);
        var changed = new EurekaApplication("WEB", new TreeMap<>());

        assertThat(answer(cache, changed, EurekaFormat.JSON)).isEqualTo(json).isNotSameAs(json);
    }

    @Test
    void answer_thatExceedsTheSizeOfTheCache_isNotKept() {
        var cache = new ApplicationAnswerCache(100);
        var json = answer(cache, application, EurekaFormat.JSON);

        // The cache evicts on another thread.
        await().untilAsserted(() -> assertThat(answer(cache, application, EurekaFormat.JSON))
                .isEqualTo(json)
                .isNotSameAs(json));
    }
}
