package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the table of roles and actions in {@code docs/ui.md} with what the pages offer to each role. */
@Tag("ui")
@Tag("ui-core")
class RolesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "ui.md");
    private static final List<String> ROLES = List.of("viewer", "service", "operator", "admin");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(/ui/[^`]+)` \\| ([^|`]+) \\| `([a-z]+\\.[a-z]+)` \\| (\\w+) \\| (\\w+) \\| (\\w+) \\| (\\w+) \\|$",
            Pattern.MULTILINE);

    @TempDir
    static Path directory;

    private static SecuredServer server;
    private static List<Action> actions;
    private static long before;

    /**
     * Row of the table.
     *
     * @param page address, with variables
     * @param labels labels of its buttons
     * @param offers what each role gets
     */
    private record Action(String page, List<String> labels, String permission, List<String> offers) {}

    @BeforeAll
    static void start() throws IOException {
        server = new SecuredServer(directory.resolve("data"));
        var samples = new SampleRegistry(server.admin());
        samples.register("web", 2, "1.0.0");
        samples.put("web-1", "{\"health_check\":{\"check_type\":\"tcp\",\"interval\":3600}}");
        before = samples.position();
        samples.configure("web", "{\"size\":1}");
        samples.configure("web", "{\"size\":2}");
        samples.put("web-0", "{\"weight\":50}");
        samples.settle();
        server.admin().send("GET", "/api/v1/discover?service_name=web", null);
        actions = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> new Action(
                        row.group(1),
                        List.of(row.group(2).split(", ")),
                        row.group(3),
                        List.of(row.group(4), row.group(5), row.group(6), row.group(7))))
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "service", "operator", "admin"})
    void pages_offerToEachRole_whatTheTableSays(String role) {
        assertThat(actions).hasSizeGreaterThan(9);
        try (var watched = server.signedIn("caller-" + role, role)) {
            for (var action : actions) {
                watched.go(action.page()
                        .replace("{id}", "web-1")
                        .replace("{name}", "web")
                        .replace("{position}", Long.toString(before)));
                for (var label : action.labels()) {
                    var name = label.replace("{name}", "web");
                    check(
                            watched.page(),
                            name,
                            action.permission(),
                            action.offers().get(ROLES.indexOf(role)));
                }
            }
            // Pages that a role may not read, and the schema that nobody has declared, are refused.
            watched.forgetErrors();
        }
    }

    private static void check(Page page, String label, String permission, String offer) {
        var button = page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .first();
        switch (offer) {
            case "yes", "own" -> assertThat(button).isEnabled();
            case "disabled" -> {
                assertThat(button).isDisabled();
                assertThat(button).hasAttribute("title", Pattern.compile(permission.replace(".", "\\.")));
            }
            case "absent" -> {
                assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("with the role");
                assertThat(button).hasCount(0);
            }
            default -> throw new IllegalStateException(offer + " is no word of the table.");
        }
    }
}
