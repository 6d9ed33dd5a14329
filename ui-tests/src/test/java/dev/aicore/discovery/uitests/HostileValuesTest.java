package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Shows values that look like markup, code or secrets, run from right to left, or are very long, on every page: they
 * are text, nothing runs, and nothing widens the page.
 */
@Tag("ui")
@Tag("ui-core")
class HostileValuesTest {

    private static final List<String> ADDRESSES = List.of(
            "/ui/services?q=hostile",
            "/ui/services/hostile",
            "/ui/services/hostile/timeline",
            "/ui/services/hostile/traffic",
            "/ui/services/hostile/configuration?with=1",
            "/ui/services/hostile/configuration?view=schema",
            "/ui/services/hostile/discover",
            "/ui/services/hostile/history",
            "/ui/instances/hostile-1",
            "/ui/instances/hostile-1/history",
            "/ui/instances/hostile-1/explain",
            "/ui/history?service=hostile",
            "/ui/compare?service=hostile&from=%d",
            "/ui/incident?service=hostile&from=%d&notes=%%3Cimg%%20src=x%%20onerror=alert(1)%%3E",
            "/ui/access/keys");

    /** Addresses whose parameters are hostile themselves. */
    private static final List<String> PARAMETERS = List.of(
            "/ui/services?q=%3Cscript%3Ealert(1)%3C/script%3E&status=x&order=%22%3E",
            "/ui/services/%3Cimg%20src=x%20onerror=alert(1)%3E",
            "/ui/instances/%22%3E%3Csvg%20onload=alert(1)%3E",
            "/ui/compare?from=%3Cimg%20src=x%20onerror=alert(1)%3E",
            "/ui/services/hostile/timeline?window=%3Cb%3E",
            "/ui/sign-in?to=javascript:alert(1)",
            "/ui/%E0%A4%A4");

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void hostileValues_areTextOnEveryPage() {
        samples.settle();
        long before = samples.position();
        samples.registerHostile();
        samples.configure("hostile", "{\"<img src=x onerror=alert(1)>\":\"<svg onload=alert(2)>\"}");
        samples.configure("hostile", "{\"</script>\":\"\\u202egnp.exe\",\"long\":\"" + "x".repeat(2_000) + "\"}");
        samples.declareSchema("hostile", "{\"description\":\"<img src=x onerror=alert(3)>\"}");
        samples.issueKey("<img/src=x/onerror=alert(1)>", "<b>bold</b> \u202e \ud83d\ude80");
        samples.settle();
        try {
            for (var screen : WatchedPage.Screen.values()) {
                show(screen, before);
            }
        } finally {
            samples.removeHostile();
        }
    }

    private void show(WatchedPage.Screen screen, long before) {
        var fixture = BrowserFixture.shared();
        try (var watched = new WatchedPage(fixture.browser(), fixture.address(), screen, ColorScheme.LIGHT)) {
            var page = watched.page();
            page.onDialog(dialog -> {
                throw new AssertionError("A value opened a dialog: " + dialog.message());
            });
            for (var address : ADDRESSES) {
                watched.go(address.contains("%") ? address.formatted(before) : address);
                assertThat(page.locator("main h1")).isVisible();
                assertThat(page.locator("main [aria-busy=true]")).hasCount(0);
                assertThat(page.locator("main img, main script, main a[href^=javascript]"))
                        .hasCount(0);
                assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s fits: %s", address, screen)
                        .isTrue();
            }
            watched.go("/ui/instances/hostile-1");
            assertThat(page.locator("main")).containsText("<img src=x onerror=alert(1)>");
            watched.go("/ui/services/hostile/configuration");
            assertThat(page.locator("main")).containsText("</script>");
        }
    }

    @Test
    void hostileAddresses_areText() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            page.onDialog(dialog -> {
                throw new AssertionError("An address opened a dialog: " + dialog.message());
            });
            for (var address : PARAMETERS) {
                watched.go(address);
                assertThat(page.locator("main h1")).isVisible();
                assertThat(page.locator("main [aria-busy=true]")).hasCount(0);
                assertThat(page.locator("main img, main script, main a[href^=javascript]"))
                        .hasCount(0);
            }
            watched.forgetErrors();
        }
    }
}
