package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes parts away while a page is shown, and refuses requests. Each test takes a picture of what the page says. */
@Tag("ui")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {

    private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    @TempDir
    static Path directory;

    private static SecuredServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SecuredServer(directory.resolve("data"));
        var samples = new SampleRegistry(server.admin());
        samples.register("web", 8, "1.0.0");
        samples.configure("web", "{\"size\":1}");
        samples.settle();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "viewer, /ui/history, audit.read",
        "viewer, /ui/compare?from=-1h, audit.read",
        "service, /ui/incident, audit.read",
        "service, /ui/access/keys, key.admin",
        "operator, /ui/system/projections, projection.admin",
        "operator, /ui/access/denials, denial.read",
        "operator, /ui/system/retention, retention.admin"
    })
    void refusal_namesTheMissingPermission(String role, String address, String permission) {
        try (var watched = server.signedIn(role + "-" + permission.replace('.', '-'), role)) {
            var page = watched.go(address).page();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText(permission);
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("with the role " + role);
            watched.picture("fault-403-" + role + "-" + permission);
            watched.expectErrors();
        }
    }

    @Test
    @Order(2)
    void viewer_seesWhatItMayNotDo_disabledWithTheReason() {
        try (var watched = server.signedIn("vic", "viewer")) {
            var page = watched.go("/ui/instances/web-1").page();
            var drain = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Drain…"));
            assertThat(drain).isDisabled();
            assertThat(drain).hasAttribute("title", Pattern.compile("instance\\.write.*viewer"));
            watched.picture("fault-403-buttons");
            watched.go("/ui/services/web/configuration");
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Edit…")))
                    .isDisabled();
        }
    }

    @Test
    @Order(3)
    void instanceOfAnother_isRefusedInTheDialog() {
        try (var watched = server.signedIn("web-ci", "service")) {
            var page = watched.go("/ui/instances/web-1").page();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Drain…"))
                    .click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drain"))
                    .click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("owned_by_another");
            watched.picture("fault-409");
            watched.expectErrors();
        }
    }

    @Test
    @Order(4)
    void momentBeforeTheStore_isGone() {
        try (var watched = server.signedIn("gus", "operator")) {
            var page = watched.go("/ui/services?at=2020-01-01T00:00:00Z").page();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("history_compacted");
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show now")))
                    .isVisible();
            watched.picture("fault-410");
            watched.expectErrors();
        }
    }

    @Test
    @Order(4)
    void cellsThatCouldNotBeRead_areReadAgain() {
        try (var watched = server.signedIn("cel", "operator")) {
            var cells = Pattern.compile("/web/instances\\?limit=1000");
            watched.page().route(cells, Route::abort, new Page.RouteOptions().setTimes(1));
            assertThat(watched.go("/ui/services/web").page().locator(".matrix canvas"))
                    .isVisible();
            watched.forgetErrors();
        }
    }

    @Test
    @Order(5)
    void stoppedDatabase_leavesTheRows_andIsNamed() {
        try (var watched = server.signedIn("dan", "operator")) {
            var page = watched.go("/ui/services").page();
            assertThat(page.locator("tbody tr")).hasCount(1);
            try (var _ = new DatabaseOutage(directory.resolve("data"))) {
                assertThat(page.locator("main")).containsText("store_unavailable", PATIENTLY);
                assertThat(page.locator("main")).containsText("the last answer is shown below");
                assertThat(page.getByLabel("Needs attention")).containsText("postgres", PATIENTLY);
                assertThat(page.locator("tbody tr")).hasCount(1);
                watched.picture("fault-database");
                watched.go("/ui/system");
                assertThat(page.locator(".totals")).containsText("not ready", PATIENTLY);
                watched.picture("fault-database-system");
            }
            watched.go("/ui/services");
            assertThat(page.locator("main [role=alert]"))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
            assertThat(page.locator("tbody tr")).hasCount(1);
            watched.forgetErrors();
        }
    }

    @Test
    @Order(6)
    void stoppedNode_isSaid_andTheRowsStay() {
        try (var watched = server.signedIn("nora", "operator")) {
            var page = watched.go("/ui/services/web").page();
            assertThat(page.locator("tbody tr")).hasCount(8);
            server.close();
            assertThat(page.locator("main")).containsText(Pattern.compile("Not live since .*Z"), PATIENTLY);
            assertThat(page.locator("tbody tr")).hasCount(8);
            watched.picture("fault-node");
            watched.forgetErrors();
        }
    }
}
