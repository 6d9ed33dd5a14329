package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Signs in with an API key, outside development. */
@Tag("ui")
class SignInPageTest {

    @TempDir
    static Path directory;

    private static ConfigurableApplicationContext server;
    private static String base;
    private static RestClient admin;

    @BeforeAll
    static void start() throws Exception {
        BrowserFixture.shared();
        server = BrowserFixture.startServer(
                directory.resolve("data"),
                "--service-discovery.environment=production",
                "--service-discovery.auth.generate-missing-secret=true");
        base = "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
        admin = new RestClient(base, "ApiKey " + firstKey());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void deepLink_asksToSignIn_andLeadsThereAfterwards() {
        var key = key("ann", "operator");
        try (var watched = open("/ui/history?actor=ann")) {
            var page = watched.page();
            assertThat(page).hasURL(Pattern.compile(".*/ui/sign-in.*"));
            signIn(page, key);
            assertThat(page).hasURL(Pattern.compile(".*/ui/history\\?actor=ann"));
            assertThat(page.locator(".caller")).containsText("ann, operator");

            page.reload();
            assertThat(page.locator(".caller")).containsText("ann, operator");
            assertThat(page.evaluate(
                            "document.cookie + Object.keys(sessionStorage).length + JSON.stringify(localStorage)"))
                    .isEqualTo("0{}");

            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page.getByLabel("API key or token")).isVisible();
            watched.go("/ui/services");
            assertThat(page.getByLabel("API key or token")).isVisible();
        }
    }

    @Test
    void wrongKey_isRefusedInWords() {
        try (var watched = open("/ui/services")) {
            var page = watched.page();
            signIn(page, "sd_wrong_key");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The API key is unknown");
            assertThat(page.getByLabel("API key or token")).hasValue("");
            watched.expectErrors();
        }
    }

    @Test
    void viewer_learnsWhichPermissionIsMissing() {
        try (var watched = open("/ui/services")) {
            var page = watched.page();
            signIn(page, key("vic", "viewer"));
            assertThat(page.getByText("Nothing is registered.")).isVisible();
            watched.picture("nothing-registered");
            watched.go("/ui/history");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("audit.read");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are vic, with the role viewer.");
            watched.picture("forbidden");
            watched.expectErrors();
        }
    }

    @Test
    void signOutEverywhere_endsTheSessionsOfOtherBrowsers() {
        var key = key("eva", "viewer");
        try (var here = open("/ui/services");
                var elsewhere = open("/ui/services")) {
            signIn(here.page(), key);
            signIn(elsewhere.page(), key);
            assertThat(elsewhere.page().getByText("Nothing is registered.")).isVisible();

            here.go("/ui/access");
            here.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out everywhere"))
                    .click();

            assertThat(here.page().getByLabel("API key or token")).isVisible();
            assertThat(elsewhere.page().getByLabel("API key or token")).isVisible();
            elsewhere.expectErrors();
        }
    }

    @Test
    void keyRevokedWhileLooking_asksToSignInAgain() {
        var issued = issue("rob", "viewer");
        try (var watched = open("/ui/services")) {
            var page = watched.page();
            signIn(page, issued.at("/data/key").asString());
            assertThat(page.getByText("Nothing is registered.")).isVisible();

            admin.send(
                    "DELETE",
                    "/api/v1/admin/api-keys/" + issued.at("/data/key_id").asString(),
                    null);

            assertThat(page.getByLabel("API key or token")).isVisible();
            watched.picture("key-revoked");
            watched.expectErrors();
        }
    }

    private static WatchedPage open(String path) {
        return new WatchedPage(BrowserFixture.shared().browser(), base, WatchedPage.Screen.WIDE, ColorScheme.LIGHT)
                .go(path);
    }

    private static void signIn(Page page, String key) {
        page.getByLabel("API key or token").fill(key);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private static String key(String principal, String role) {
        return issue(principal, role).at("/data/key").asString();
    }

    private static tools.jackson.databind.JsonNode issue(String principal, String role) {
        return admin.send(
                "POST", "/api/v1/admin/api-keys", "{\"principal\":\"%s\",\"role\":\"%s\"}".formatted(principal, role));
    }

    /** Returns the key that the first start wrote beside the secret. */
    private static String firstKey() throws Exception {
        return Files.readString(directory.resolve("data").resolve("admin-key")).strip();
    }
}
