package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs a browser in outside development, and loads the UI without credentials. */
@Tag("integration")
class UiSessionTest {

    private static final String ADMIN = AuthenticatedServer.token("root", "admin");
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String SESSION = "/ui/session";

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() {
        server = AuthenticatedServer.start(
                directory.resolve("data"), "--service-discovery.auth.login.max-failures=1000000");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void page_withoutCredentials_isServedUnderItsPolicy() throws IOException {
        var page = server.send("GET", "/ui/services/any?at=-1h", null, null);

        assertThat(page.status()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self' 'sha256-")
                .contains("require-trusted-types-for 'script'; trusted-types 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(server.send("GET", "/ui/x", null, null, "If-None-Match", header(page, "ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void assets_areImmutable_andThoseOfAnotherVersionAreUnknown() throws IOException {
        var version = header(server.send("GET", "/ui/x", null, null), "ETag").replace("\"", "");
        var script =
                server.send("GET", "/ui/assets/" + version + "/app/main.js", null, null, "Accept-Encoding", "gzip");

        assertThat(script.status()).isEqualTo(200);
        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
        assertThat(header(script, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(script, "Cache-Control")).contains("immutable");
        assertThat(server.send("GET", "/ui/assets/0000000000000000/app/main.js", null, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.send("GET", "/ui/assets/" + version + "/application.yaml", null, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void root_redirectsBrowsersOnly() throws IOException {
        var browser = server.send("GET", "/", null, null, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(browser.status()).isEqualTo(302);
        assertThat(header(browser, "Location")).isEqualTo("/ui/services");
        assertThat(server.send("GET", "/", null, null, "Accept", "application/json")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void data_withoutCredentials_isRefused() throws IOException {
        assertThat(server.send("GET", "/api/v1/whoami", null, null).status()).isEqualTo(401);
        assertThat(server.send("GET", "/api/v1/service-summaries", null, null).status())
                .isEqualTo(401);
        // The page, which contains no data, and not the route of the API.
        assertThat(header(server.send("GET", "/ui/../api/v1/services", null, null), "Content-Type"))
                .startsWith("text/html");
    }

    @Test
    void signIn_withKey_setsACookieThatOnlyYieldsTokens() throws IOException {
        var signedIn = signIn(key("ann", "operator"), origin());

        assertThat(signedIn.status()).as("%s", signedIn.body()).isEqualTo(200);
        assertThat(header(signedIn, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(signedIn, "Set-Cookie"))
                .startsWith("__Secure-registry-session=")
                .contains("Path=/ui/session", "HttpOnly", "Secure", "SameSite=Strict")
                .containsPattern("Max-Age=28[78]\\d\\d");
        var cookie = header(signedIn, "Set-Cookie").replaceFirst(";.*", "");
        assertThat(server.send("GET", "/api/v1/services", null, null, "Cookie", cookie)
                        .status())
                .isEqualTo(401);

        var exchanged = exchange(cookie);
        assertThat(exchanged.body().at("/data/principal").asString()).isEqualTo("ann");
        var token = "Bearer " + exchanged.body().at("/data/credential").asString();
        var me = server.send("GET", "/api/v1/whoami", token, null).body().path("data");
        assertThat(me.path("principal").asString()).isEqualTo("ann");
        assertThat(me.path("role").asString()).isEqualTo("operator");
        assertThat(me.path("anonymous").asBoolean()).isFalse();
        assertThat(me.path("expires_at").asString()).isNotEmpty();
        assertThat(me.path("permissions").toString()).contains("\"audit.read\"").doesNotContain("key.admin");
    }

    @Test
    void session_endsWithItsKey() throws IOException {
        var issued = issue("ben", "viewer");
        var signedIn = signIn(issued.body().at("/data/key").asString(), origin());
        var cookie = header(signedIn, "Set-Cookie").replaceFirst(";.*", "");
        var token = "Bearer " + signedIn.body().at("/data/credential").asString();
        assertThat(server.send("GET", "/api/v1/whoami", token, null).status()).isEqualTo(200);

        server.send("DELETE", KEYS + "/" + issued.body().at("/data/key_id").asString(), ADMIN, null);

        assertThat(server.send("GET", "/api/v1/whoami", token, null).status()).isEqualTo(401);
        assertThat(exchange(cookie).status()).isEqualTo(401);
    }

    @Test
    void endedSessions_yieldNoTokens_whileTheirKeyStaysValid() throws IOException {
        var key = key("dan", "viewer");
        var here = signIn(key, origin());
        var elsewhere = signIn(key, origin());
        var cookie = header(elsewhere, "Set-Cookie").replaceFirst(";.*", "");

        var ended = server.send("DELETE", "/api/v1/auth/sessions", bearer(here), null, "X-Reason", "lost a laptop");

        assertThat(ended.status()).as("%s", ended.body()).isEqualTo(200);
        assertThat(server.send("GET", "/api/v1/whoami", bearer(elsewhere), null).status())
                .isEqualTo(401);
        assertThat(exchange(cookie).body().at("/data/signed_in").asBoolean()).isFalse();
        assertThat(server.send("GET", "/api/v1/whoami", "ApiKey " + key, null).status())
                .isEqualTo(200);
        assertThat(server.send("GET", "/api/v1/whoami", bearer(signIn(key, origin())), null)
                        .status())
                .isEqualTo(200);
        assertThat(server.send("DELETE", "/api/v1/auth/sessions", ADMIN, null).status())
                .isEqualTo(409);
    }

    @Test
    void signIn_ofAnotherSite_isRefused() throws IOException {
        var key = key("eve", "viewer");

        assertThat(signIn(key, "https://evil.example").status()).isEqualTo(401);
        assertThat(server.send("POST", SESSION, null, "{\"credential\":\"" + key + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(server.send(
                                "POST",
                                SESSION,
                                null,
                                "{\"credential\":\"" + key + "\"}",
                                "Origin",
                                origin(),
                                "Sec-Fetch-Site",
                                "cross-site")
                        .status())
                .isEqualTo(401);
        assertThat(server.send("POST", SESSION + "/token", null, "{}", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(401);
        assertThat(server.send("DELETE", SESSION, null, null).status()).isEqualTo(401);
        assertThat(signIn(key, origin()).status()).isEqualTo(200);
    }

    @Test
    void signIn_withWrongCredential_isRefusedWithoutIt() throws IOException {
        var wrong = "sd_unknown_secretsecretsecretsecret";
        var refused = signIn(wrong, origin());

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().toString()).doesNotContain("secretsecret");
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void cookie_thatWasChanged_isNoSession() throws IOException {
        var cookie =
                header(signIn(key("cid", "viewer"), origin()), "Set-Cookie").replaceFirst(";.*", "");
        var changed = cookie.substring(0, cookie.length() - 2) + (cookie.endsWith("AA") ? "BB" : "AA");
        var answer = exchange(changed);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/signed_in").asBoolean()).isFalse();
        assertThat(answer.body().at("/data/required").asBoolean()).isTrue();
        assertThat(answer.body().at("/data").has("credential")).isFalse();
    }

    @Test
    void signOut_removesTheCookie() throws IOException {
        var signedOut = server.send("DELETE", SESSION, null, null, "Origin", origin());

        assertThat(signedOut.status()).isEqualTo(200);
        assertThat(header(signedOut, "Set-Cookie"))
                .contains("__Secure-registry-session=;", "Max-Age=0", "Path=/ui/session");
    }

    private static Reply signIn(String credential, String origin) throws IOException {
        return server.send("POST", SESSION, null, "{\"credential\":\"" + credential + "\"}", "Origin", origin);
    }

    private static Reply exchange(String cookie) throws IOException {
        return server.send("POST", SESSION + "/token", null, "{}", "Origin", origin(), "Cookie", cookie);
    }

    private static String bearer(Reply signedIn) {
        return "Bearer " + signedIn.body().at("/data/credential").asString();
    }

    private static String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    private static String key(String principal, String role) throws IOException {
        return issue(principal, role).body().at("/data/key").asString();
    }

    private static Reply issue(String principal, String role) throws IOException {
        return server.send("POST", KEYS, ADMIN, "{\"principal\":\"%s\",\"role\":\"%s\"}".formatted(principal, role));
    }

    private static String header(Reply reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
