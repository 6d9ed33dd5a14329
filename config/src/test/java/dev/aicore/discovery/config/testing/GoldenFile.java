package dev.aicore.discovery.config.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Compares stored and public names with a text file of sorted lines below {@code src/test/resources/golden/public} of
 * the tested module. These names don't follow the names of Java classes and members.
 */
public final class GoldenFile {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden", "public");
    private static final String WRITE = "golden.write";

    private GoldenFile() {}

    /**
     * Asserts that the file has exactly these lines. With {@code -Dgolden.write=true} it is written instead.
     *
     * @param lines lines in any order; duplicates count once
     */
    public static void assertHolds(String name, Stream<String> lines) throws IOException {
        var file = FOLDER.resolve(name);
        var found = lines.map(String::strip).distinct().sorted().toList();
        assertThat(found).as("lines for %s", file).isNotEmpty();
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(FOLDER);
            Files.write(file, found);
        }
        var held = Files.readAllLines(file);
        var differences = Stream.concat(
                held.stream().filter(line -> !found.contains(line)).map(line -> "- " + line),
                found.stream().filter(line -> !held.contains(line)).map(line -> "+ " + line));
        assertThat(differences)
                .as(
                        "stored or public names that only %s has (-) or lacks (+); -D%s=true writes intended changes",
                        file, WRITE)
                .isEmpty();
    }

    /** Returns the paths of all members of a JSON value, such as {@code instances[].id}; none if it has no objects. */
    public static Stream<String> members(JsonNode json) {
        return json.isArray()
                ? json.valueStream().flatMap(element -> members("[]", element))
                : json.propertyStream()
                        .flatMap(member ->
                                Stream.concat(Stream.of(member.getKey()), members(member.getKey(), member.getValue())));
    }

    private static Stream<String> members(String at, JsonNode json) {
        return members(json).map(path -> path.startsWith("[]") ? at + path : at + "." + path);
    }
}
