package dev.aicore.discovery.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the modules of the build with the files that the build of the image copies. */
class ImageBuildTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern OWN_DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>dev\\.aicore\\.discovery</groupId>"
                    + "\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    /** Maven reads the poms of all modules before it builds the server. */
    @Test
    void image_hasPomsOfAllModules() throws IOException {
        var copied = copiedPaths();
        var permitted = permittedPaths();

        assertThat(modules()).contains("server", "examples/spring").allSatisfy(module -> {
            assertThat(copied).as("Dockerfile").containsAnyOf(module, module + "/pom.xml");
            assertThat(permitted).as(".dockerignore").containsAnyOf(pomPattern(module), module + "/pom.xml");
        });
    }

    @Test
    void image_hasSourcesOfServerAndItsModules() throws IOException {
        var copied = copiedPaths();
        var permitted = permittedPaths();

        assertThat(modulesOfServer())
                .contains("server", "shared-api", "bridges")
                .allSatisfy(module -> {
                    assertThat(copied).as("Dockerfile").contains(module);
                    assertThat(permitted).as(".dockerignore").contains(module + "/src");
                });
    }

    /** The launcher builds the server again if a source of one of these modules changed. */
    @Test
    void launcher_knowsServerAndItsModules() throws IOException {
        var known = matches(Pattern.compile("(?m)^ *modules='([^']+)'$"), Files.readString(ROOT.resolve("registry")))
                .map(match -> Set.of(match.group(1).split(" ")))
                .findFirst()
                .orElseThrow();

        assertThat(known).containsExactlyInAnyOrderElementsOf(modulesOfServer());
    }

    private static String pomPattern(String module) {
        return "*/".repeat((int) module.chars().filter(letter -> letter == '/').count() + 1) + "pom.xml";
    }

    /** Returns the modules that every build has; those of profiles come later in the file. */
    private static List<String> modules() throws IOException {
        var pom = Files.readString(ROOT.resolve("pom.xml"));
        return matches(MODULE, pom.substring(0, pom.indexOf("</modules>")))
                .map(match -> match.group(1))
                .toList();
    }

    private static Set<String> modulesOfServer() throws IOException {
        var found = new LinkedHashSet<>(Set.of("server"));
        var pending = new ArrayDeque<>(found);
        while (!pending.isEmpty()) {
            var pom = Files.readString(ROOT.resolve(pending.remove()).resolve("pom.xml"));
            matches(OWN_DEPENDENCY, pom)
                    .filter(match -> !match.group(2).contains("<scope>test</scope>"))
                    .map(match -> match.group(1))
                    .filter(found::add)
                    .forEach(pending::add);
        }
        return found;
    }

    private static Set<String> copiedPaths() throws IOException {
        return linesAfter("COPY ", "Dockerfile", rest -> rest.substring(0, rest.indexOf(' ')));
    }

    private static Set<String> permittedPaths() throws IOException {
        return linesAfter("!", ".dockerignore", rest -> rest);
    }

    private static Set<String> linesAfter(String prefix, String file, UnaryOperator<String> path) throws IOException {
        return Files.readAllLines(ROOT.resolve(file)).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> path.apply(line.substring(prefix.length())))
                .collect(Collectors.toSet());
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
