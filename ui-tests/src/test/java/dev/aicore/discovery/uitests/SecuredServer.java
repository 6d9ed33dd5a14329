package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Server outside development, whose callers need credentials. */
final class SecuredServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final String base;
    private final RestClient admin;

    /**
     * Starts a server.
     *
     * @param dataDir its directory, which must not exist
     */
    SecuredServer(Path dataDir) throws IOException {
        BrowserFixture.shared();
        context = BrowserFixture.startServer(
                dataDir,
                "--service-discovery.environment=production",
                "--service-discovery.auth.generate-missing-secret=true");
        base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        // The first start writes a key beside the secret.
        admin = new RestClient(
                base, "ApiKey " + Files.readString(dataDir.resolve("admin-key")).strip());
    }

    /** Returns a client with the role admin. */
    RestClient admin() {
        return admin;
    }

    /** Opens an address without credentials. */
    WatchedPage open(String path) {
        return new WatchedPage(BrowserFixture.shared().browser(), base, WatchedPage.Screen.WIDE, ColorScheme.LIGHT)
                .go(path);
    }

    /** Issues a key, and returns it with its id. */
    JsonNode issueKey(String principal, String role) {
        return admin.send(
                        "POST",
                        "/api/v1/admin/api-keys",
                        "{\"principal\":\"%s\",\"role\":\"%s\"}".formatted(principal, role))
                .at("/data");
    }

    /** Opens a page that is signed in with a new key. */
    WatchedPage signedIn(String principal, String role) {
        var watched = open("/ui/sign-in");
        watched.page()
                .getByLabel("API key or token")
                .fill(issueKey(principal, role).at("/key").asString());
        watched.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(watched.page().locator(".caller")).containsText(principal);
        return watched;
    }

    @Override
    public void close() {
        context.close();
    }
}
