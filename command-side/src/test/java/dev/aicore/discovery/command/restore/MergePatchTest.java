package dev.aicore.discovery.command.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergePatchTest {

    @Test
    void itNamesWhatIsDifferentAndTakesOutWhatWasNotThere() {
        var before = declaration(7, Map.of("a", "1", "b", "2"), List.of("x"), null);
        var after = declaration(100, Map.of("a", "1", "c", "3"), List.of(), null);

        assertThat(MergePatch.between(before, after))
                .isEqualTo("{\"weight\":100,\"metadata\":{\"b\":null,\"c\":\"3\"},\"tags\":[]}");
        assertThat(MergePatch.between(before, before)).isEqualTo("{}");
    }

    private static Declaration declaration(
            int weight, Map<String, String> metadata, List<String> tags, @Nullable HealthCheck check) {
        return new Declaration("web", "1", "10.0.0.1", 80, "http", weight, 30, check, metadata, tags, "");
    }
}
