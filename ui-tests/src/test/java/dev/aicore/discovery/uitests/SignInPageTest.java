package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs in with an API key, outside development. */
@Tag("ui")
class SignInPageTest {

    @TempDir
    static Path directory;

    private static SecuredServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new SecuredServer(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void deepLink_asksToSignIn_andLeadsThereAfterwards() {
        var key = key("ann", "operator");
        try (var watched = server.open("/ui/history?actor=ann")) {
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
    void signIn_byTheKeyboardAlone() {
        var key = key("kim", "viewer");
        try (var watched = server.open("/ui/services")) {
            var page = watched.page();
            assertThat(page.getByLabel("API key or token")).isVisible();
            page.keyboard().press("Tab");
            assertThat(page.getByLabel("API key or token")).isFocused();
            page.keyboard().type(key);
            page.keyboard().press("Enter");
            assertThat(page.locator(".caller")).containsText("kim, viewer");
            page.keyboard().press("g");
            page.keyboard().press("y");
            assertThat(page).hasURL(Pattern.compile(".*/ui/system"));
        }
    }

    @Test
    void wrongKey_isRefusedInWords() {
        try (var watched = server.open("/ui/services")) {
            var page = watched.page();
            signIn(page, "sd_wrong_key");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The API key is unknown");
            assertThat(page.getByLabel("API key or token")).hasValue("");
            watched.expectErrors();
        }
    }

    @Test
    void viewer_learnsWhichPermissionIsMissing() {
        try (var watched = server.open("/ui/services")) {
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
        try (var here = server.open("/ui/services");
                var elsewhere = server.open("/ui/services")) {
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
        var issued = server.issueKey("rob", "viewer");
        try (var watched = server.open("/ui/services")) {
            var page = watched.page();
            signIn(page, issued.at("/key").asString());
            assertThat(page.getByText("Nothing is registered.")).isVisible();

            server.admin()
                    .send(
                            "DELETE",
                            "/api/v1/admin/api-keys/" + issued.at("/key_id").asString(),
                            null);

            assertThat(page.getByLabel("API key or token")).isVisible();
            watched.picture("key-revoked");
            watched.expectErrors();
        }
    }

    private static void signIn(Page page, String key) {
        page.getByLabel("API key or token").fill(key);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    private static String key(String principal, String role) {
        return server.issueKey(principal, role).at("/key").asString();
    }
}
