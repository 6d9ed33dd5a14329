package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.aicore.discovery.uitests.WatchedPage.Screen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks each page with axe (WCAG 2.2, levels A and AA) in both themes, and takes its picture. */
@Tag("ui")
class AccessibilityTest {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** Pages and their states, by the name of their picture. */
    private static final Map<String, State> STATES = states();

    /** States that follow from a refusal, which the browser's console lists. */
    private static final Set<String> REFUSED = Set.of("configuration-schema", "configuration-none");

    /**
     * State of a page.
     *
     * @param text shows that the page is complete
     * @param button opens a dialog; empty for none
     */
    private record State(String address, String text, String button) {

        /** Returns true for the instances of a service, which have cells that follow the list. */
        boolean hasCells() {
            return address.matches("/ui/services/payments(\\?.*)?");
        }
    }

    private static Map<String, State> states() {
        long past = BrowserFixture.shared().samples().beforeCanary();
        var states = new LinkedHashMap<String, State>();
        page(states, "services", "/ui/services?window=15m", "payments");
        page(states, "services-past", "/ui/services?window=15m&at=" + past, "1.4.2");
        page(states, "services-empty", "/ui/services?q=zzz", "No service fits");
        page(states, "service", "/ui/services/payments", "payments-11");
        page(states, "service-past", "/ui/services/payments?at=" + past, "Bring payments back");
        page(states, "service-empty", "/ui/services/nothing", "has no instances at this moment");
        page(states, "services-versus", "/ui/services?vs=" + past, "changed");
        page(states, "service-versus", "/ui/services/payments?vs=" + past, "came and went");
        page(states, "timeline", "/ui/services/payments/timeline?window=15m", "3 statuses");
        page(states, "traffic", "/ui/services/payments/traffic", "weighted 24");
        page(states, "configuration", "/ui/services/payments/configuration?with=2", "/pool/size");
        page(states, "configuration-schema", "/ui/services/payments/configuration?view=schema", "no schema");
        page(states, "configuration-none", "/ui/services/search/configuration", "has no configuration");
        page(states, "discover", "/ui/services/payments/discover", "left out");
        page(states, "service-history", "/ui/services/payments/history", "canary");
        page(states, "instance", "/ui/instances/payments-0", "because of");
        page(states, "instance-past", "/ui/instances/payments-0?window=15m&at=" + past, "10.0.8.0:8080");
        page(states, "instance-history", "/ui/instances/payments-0/history", "canary");
        page(states, "instance-explain", "/ui/instances/payments-0/explain", "is not discovered");
        page(states, "history", "/ui/history", "it looked like the old one");
        page(states, "compare", "/ui/compare?from=" + past, "it looked like the old one");
        page(states, "compare-none", "/ui/compare", "Type the moment");
        page(states, "incident", "/ui/incident?from=" + past, "first change");
        page(states, "system", "/ui/system", "Self-preservation");
        page(states, "projections", "/ui/system/projections", "Head of the store");
        page(states, "dead-letters", "/ui/system/dead-letters", "There are no dead letters");
        page(states, "retention", "/ui/system/retention", "partitions of observations");
        page(states, "checks", "/ui/system/checks", "are checked by this node");
        page(states, "bridges", "/ui/system/bridges", "no bridges");
        page(states, "access", "/ui/access", "audit.read");
        page(states, "keys", "/ui/access/keys", "orders-deployer");
        page(states, "denials", "/ui/access/denials", "No request was denied");
        page(states, "settings", "/ui/settings", "Density");
        page(states, "help", "/ui/help", "Moments");
        page(states, "sign-in", "/ui/sign-in", "API key or token");
        page(states, "no-such-page", "/ui/nothing", "There is no page");
        states.put("dialog-drain", new State("/ui/instances/catalog-1", "Drain…", "Drain…"));
        states.put("dialog-deregister", new State("/ui/instances/catalog-1", "Deregister…", "Deregister…"));
        states.put("dialog-edit", new State("/ui/services/payments/configuration", "Edit…", "Edit…"));
        states.put(
                "dialog-rollback",
                new State("/ui/services/payments/configuration?version=2", "Roll back", "Roll back to version 2…"));
        states.put("dialog-restore", new State("/ui/compare?from=" + past, "orders-4", "Restore orders…"));
        states.put("dialog-key", new State("/ui/access/keys", "Issue a key…", "Issue a key…"));
        states.put("dialog-verify", new State("/ui/system/projections", "Verify all…", "Verify all…"));
        return states;
    }

    private static void page(Map<String, State> states, String name, String address, String text) {
        states.put(name, new State(address, text, ""));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, WIDE", "DARK, WIDE", "LIGHT, NARROW", "DARK, NARROW"})
    void pages_haveNoViolation(ColorScheme scheme, Screen screen) {
        var fixture = BrowserFixture.shared();
        var violations = new ArrayList<String>();
        try (var watched = new WatchedPage(fixture.browser(), fixture.address(), screen, scheme)) {
            STATES.forEach((name, state) -> {
                show(watched, state);
                watched.picture(name
                        + (scheme == ColorScheme.DARK ? "-dark" : "")
                        + (screen == Screen.NARROW ? "-narrow" : ""));
                var results = new AxeBuilder(watched.page()).withTags(RULES).analyze();
                results.getViolations()
                        .forEach(rule -> violations.add(name + ": " + rule.getId() + ": " + rule.getNodes()));
                if (!(Boolean) watched.page().evaluate("document.documentElement.scrollWidth <= innerWidth")) {
                    violations.add(name + ": the page scrolls sideways");
                }
                if (REFUSED.contains(name)) {
                    watched.expectErrors();
                }
            });
        }
        assertThat(violations).isEmpty();
    }

    private static void show(WatchedPage watched, State state) {
        var page = watched.go(state.address()).page();
        assertThat(page.getByText(state.text()).first()).isAttached();
        if (state.hasCells()) {
            assertThat(page.locator(".matrix canvas")).isVisible();
        }
        if (!state.button().isEmpty()) {
            var name = new Page.GetByRoleOptions().setName(state.button()).setExact(true);
            page.getByRole(AriaRole.BUTTON, name).click();
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        }
    }
}
