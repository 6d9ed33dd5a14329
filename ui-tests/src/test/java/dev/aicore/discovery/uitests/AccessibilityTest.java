package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.aicore.discovery.uitests.WatchedPage.Screen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks each page with axe (WCAG 2.2, levels A and AA) in both themes, takes its picture, and uses the keyboard. */
@Tag("ui")
class AccessibilityTest {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** Addresses by the name of their picture, with the text that shows that the page is complete. */
    private static final Map<String, String[]> PAGES = pages();

    private static Map<String, String[]> pages() {
        long past = BrowserFixture.shared().samples().beforeCanary();
        var pages = new LinkedHashMap<String, String[]>();
        pages.put("services", new String[] {"/ui/services?window=15m", "payments"});
        pages.put("services-past", new String[] {"/ui/services?window=15m&at=" + past, "1.4.2"});
        pages.put("services-empty", new String[] {"/ui/services?q=zzz", "No service fits"});
        pages.put("service", new String[] {"/ui/services/payments", "payments-11"});
        pages.put("service-history", new String[] {"/ui/services/payments/history", "canary"});
        pages.put("instance", new String[] {"/ui/instances/payments-0", "because of"});
        pages.put("instance-past", new String[] {"/ui/instances/payments-0?window=15m&at=" + past, "10.0.8.0:8080"});
        pages.put("instance-history", new String[] {"/ui/instances/payments-0/history", "canary"});
        pages.put("instance-explain", new String[] {"/ui/instances/payments-0/explain", "is not discovered"});
        pages.put("history", new String[] {"/ui/history", "it looked like the old one"});
        pages.put("access", new String[] {"/ui/access", "audit.read"});
        pages.put("settings", new String[] {"/ui/settings", "Density"});
        pages.put("help", new String[] {"/ui/help", "Moments"});
        pages.put("sign-in", new String[] {"/ui/sign-in", "API key or token"});
        return pages;
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pages_haveNoViolation(ColorScheme scheme) {
        var fixture = BrowserFixture.shared();
        for (var screen : Screen.values()) {
            try (var watched = new WatchedPage(fixture.browser(), fixture.address(), screen, scheme)) {
                PAGES.forEach((name, page) -> {
                    watched.go(page[0]);
                    assertThat(watched.page().getByText(page[1]).first()).isAttached();
                    watched.picture(name
                            + (scheme == ColorScheme.DARK ? "-dark" : "")
                            + (screen == Screen.NARROW ? "-narrow" : ""));
                    var results = new AxeBuilder(watched.page()).withTags(RULES).analyze();
                    assertThat(results.getViolations().stream()
                                    .map(rule -> rule.getId() + ": " + rule.getNodes())
                                    .toList())
                            .as("%s, %s, %s", name, scheme, screen)
                            .isEmpty();
                    // The whole width is visible: nothing scrolls sideways.
                    assertThat((Boolean) watched.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                            .as("%s fits: %s", name, screen)
                            .isTrue();
                });
            }
        }
    }

    @Test
    void keyboard_reachesAServiceAndItsPast() {
        try (var watched = WatchedPage.open("/ui/services")) {
            var page = watched.page();
            assertThat(page.locator("tbody tr").first()).isVisible();
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("payments")))
                    .isFocused();
            assertThat(page.locator("tbody tr").first()).isVisible();
            page.getByRole(AriaRole.SLIDER).focus();
            page.keyboard().press("Home");
            assertThat(page.locator("main")).containsText("history of this store begins");
            watched.expectErrors();
            page.keyboard().press("n");
            assertThat(page.locator("tbody tr").first()).isVisible();
            page.keyboard().press("t");
            page.keyboard()
                    .type(String.valueOf(BrowserFixture.shared().samples().beforeCanary()));
            page.keyboard().press("Enter");
            assertThat(page.getByText("Past: ")).isVisible();
            page.keyboard().press("Escape");
            page.locator("h1").focus();
            page.keyboard().press("g");
            page.keyboard().press("h");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("History")))
                    .isVisible();
        }
    }
}
