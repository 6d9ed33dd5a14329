package dev.aicore.discovery.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the web UI uses documented routes only: it is a client of the public API like any other. */
class UiRequestsTest {

    private static final Path SOURCES = Path.of("..", "ui", "src", "main", "resources", "registry-ui");

    /** Literals that are paths of the API: those below a route of one instance, or with a leading slash. */
    private static final Pattern PATH =
            Pattern.compile("['`]((?:/api/v1)?/[a-z][^'`?\\s]*|\\$\\{(?:path|configurationPath)}/[^'`?\\s]*)['`]");

    private static final Set<String> PAGES = Set.of("/ui/", "/docs");

    @Test
    void requests_areDocumented() throws IOException {
        var described = new TreeSet<String>();
        ApiDocument.read("test")
                .getPaths()
                .keySet()
                .forEach(path -> described.add(path.replaceAll("\\{[a-z_]+}", "{}")));
        var used = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".js")).toList()) {
                PATH.matcher(withoutComments(Files.readString(file)))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(path -> {
                            if (PAGES.stream().noneMatch(path::startsWith)) {
                                used.add(normalized(path));
                            }
                        });
            }
        }

        assertThat(described).containsAll(used);
        assertThat(used)
                .contains(
                        "/api/v1/service-summaries",
                        "/api/v1/activity",
                        "/api/v1/whoami",
                        "/api/v1/services/{}/history",
                        "/api/v1/configurations/{}/rollback",
                        "/api/v1/admin/dead-letters/{}/retry");
    }

    private static String withoutComments(String source) {
        return source.lines()
                .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("/*"))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the path with a variable in place of each value. */
    private static String normalized(String path) {
        var whole = path.replace("${path}", "/services/{}")
                .replace("${configurationPath}", "/configurations/{}")
                .replaceAll("\\$\\{[^}]*}", "{}");
        return whole.startsWith("/api/v1") ? whole : "/api/v1" + whole;
    }
}
