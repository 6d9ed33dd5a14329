package dev.aicore.discovery.server.architecture;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Table of dependencies with their licenses, in Markdown as the build generates it. */
record ThirdPartyNotice(String markdown) {

    /** Permissive licenses, and EPL-2.0, whose conditions apply to changes of the library's own files. */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            "Public Domain",
            "xpp");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(?<dependency>[^`]+)` \\| [^|]+ \\| (?<licenses>[^|]+) \\| [^|]*\\|$");

    /** Returns the dependencies in the order of their rows, each as {@code groupId:artifactId}. */
    List<String> dependencies() {
        return rows().map(row -> row.group("dependency")).toList();
    }

    /** Returns {@code dependency: licenses} for each row that has none of the allowed licenses. */
    List<String> refusals() {
        return rows().filter(
                        row -> Stream.of(row.group("licenses").split(" or ")).noneMatch(ALLOWED::contains))
                .map(row -> row.group("dependency") + ": " + row.group("licenses"))
                .toList();
    }

    private Stream<MatchResult> rows() {
        return ROW.matcher(markdown).results();
    }
}
