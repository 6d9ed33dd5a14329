package dev.aicore.discovery.query.planned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.planned.PlannedRoutes.PlannedRoute;
import dev.aicore.discovery.query.testing.QueryFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Routes that are planned say so, and say what they will do. */
@Tag("integration")
class PlannedRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    static final List<PlannedRoute> ALL = PlannedRoutes.ALL;

    @ParameterizedTest
    @FieldSource("ALL")
    void eachIsAnsweredWithWhatItWillDo(PlannedRoute route) {
        var result = registry.client()
                .method(route.method())
                .uri(route.path().replaceAll("\\{[a-z_]+}", "x-1"))
                .exchange()
                .expectStatus()
                .isEqualTo(501)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(byte[].class)
                .returnResult();

        var problem = Json.mapper().readTree(Objects.requireNonNull(result.getResponseBody()));
        assertThat(problem.path("code").asString()).isEqualTo("planned");
        assertThat(problem.path("detail").asString()).startsWith(route.purpose());
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        registry.client()
                .get()
                .uri("/api/v1/admin/projections/x-1/rebuild")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .values(
                        "Allow",
                        allowed -> assertThat(String.join(",", allowed)).contains("POST"));
    }

    @Test
    void whatIsNotPlannedIsNotFound() {
        registry.client()
                .method(HttpMethod.GET)
                .uri("/api/v1/admin/nothing")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void theDocumentationListsThem() throws IOException {
        var documented = Pattern.compile("\\| `([A-Z]+ /api/v1/[^`]*)` \\| (.*) \\|")
                .matcher(Files.readString(Path.of("../docs/api.md")).split("## Planned routes", 2)[1])
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(ALL.stream()
                        .map(route -> route.method() + " " + route.path() + " " + route.purpose())
                        .toList());
    }
}
