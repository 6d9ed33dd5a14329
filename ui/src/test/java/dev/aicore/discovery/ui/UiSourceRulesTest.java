package dev.aicore.discovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the sources for what the content security policy and the rules of this project refuse. */
class UiSourceRulesTest {

    /** Constructs that turn text into markup or code, or that the policy refuses. */
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "markup from text",
            Pattern.compile(
                    "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|dangerouslySetInnerHTML|DOMParser"),
            "code from text",
            Pattern.compile("\\beval\\s*\\(|new Function\\b|setTimeout\\(\\s*['\"`]|javascript:"),
            "inline style",
            Pattern.compile("\\sstyle\\s*="),
            "inline listener",
            Pattern.compile("\\son[a-z]+\\s*=\\s*[\"']", Pattern.CASE_INSENSITIVE),
            "address of another server",
            Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)"),
            "unfinished work",
            Pattern.compile("\\b(TODO|FIXME|XXX)\\b"));

    private static final Pattern STORAGE = Pattern.compile("localStorage|sessionStorage|indexedDB|document\\.cookie");
    private static final Pattern IMPORT = Pattern.compile("(?<!')\\b(?:from|import)\\s*\\(?\\s*'([^'\\n]+)'");
    private static final Set<String> LIBRARIES = Set.of("preact", "preact/hooks", "htm");
    private static final int MAX_LINES = 250;

    @Test
    void sources_haveNoForbiddenConstruct() {
        assertThat(violations(UiSources.withEnding(".js"))).isEmpty();
        assertThat(violations(UiSources.withEnding(".html"))).isEmpty();
    }

    @Test
    void forbiddenConstructs_areFound() {
        var broken = List.of(
                "node.innerHTML = text;",
                "eval ('1')",
                "html`<p style=${x}>`",
                "html`<p onclick=\"go()\">`",
                "fetch('https://example.org')",
                "// TODO later");

        assertThat(broken)
                .allSatisfy(source -> assertThat(violations(Map.of("broken.js", source)))
                        .as(source)
                        .hasSize(1));
    }

    @Test
    void storage_isUsedForSettingsOnly() {
        var users = UiSources.withEnding(".js").entrySet().stream()
                .filter(file -> STORAGE.matcher(file.getValue()).find())
                .map(Map.Entry::getKey)
                .toList();

        assertThat(users).containsExactly("app/settings.js");
    }

    @Test
    void credentials_areKnownToTheSessionOnly() {
        var users = UiSources.withEnding(".js").entrySet().stream()
                .filter(file -> file.getValue().contains("'/ui/session"))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(users).containsExactly("app/session.js");
    }

    @Test
    void imports_areResolvable() {
        var sources = UiSources.withEnding(".js");
        var unresolved = new ArrayList<String>();
        sources.forEach((path, text) -> IMPORT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .forEach(target -> {
                    if (!LIBRARIES.contains(target) && !sources.containsKey(resolved(path, target))) {
                        unresolved.add(path + " imports " + target);
                    }
                }));

        assertThat(unresolved).isEmpty();
        assertThat(sources.size()).isGreaterThan(20);
    }

    @Test
    void modules_areDocumentedAndShort() {
        UiSources.withEnding(".js").forEach((path, text) -> {
            assertThat(text).as("%s begins with a comment", path).startsWith("/**");
            assertThat(text.lines().count()).as("lines of %s", path).isLessThanOrEqualTo(MAX_LINES);
        });
    }

    private static List<String> violations(Map<String, String> sources) {
        var violations = new ArrayList<String>();
        sources.forEach((path, text) -> FORBIDDEN.forEach((name, pattern) -> {
            if (pattern.matcher(text).find()) {
                violations.add(path + ": " + name);
            }
        }));
        return violations;
    }

    private static String resolved(String path, String target) {
        return UiSources.ROOT
                .relativize(UiSources.ROOT.resolve(path).resolveSibling(target).normalize())
                .toString();
    }
}
