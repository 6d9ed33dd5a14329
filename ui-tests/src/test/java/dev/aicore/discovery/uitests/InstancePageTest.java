package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses the pages of a service and of its instances. */
@Tag("ui")
class InstancePageTest {

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void service_listsItsInstances_andFollowsTheirChanges() {
        try (var watched = WatchedPage.open("/ui/services/checkout")) {
            var page = watched.page();
            assertThat(page.locator("tbody tr")).hasCount(6);
            var cells = page.locator(".matrix canvas");
            assertThat(cells).hasAttribute("aria-label", Pattern.compile("^6 instances: 6 healthy"));

            samples.put("checkout-2", "{\"status\":\"draining\",\"reason\":\"drained\"}");

            assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("checkout-2")))
                    .containsText("draining");
            assertThat(cells).hasAttribute("aria-label", Pattern.compile("5 healthy, 1 draining"));
        } finally {
            samples.put("checkout-2", "{\"status\":\"active\"}");
        }
    }

    @Test
    void instance_explainsItself_andShowsWhoChangedIt() {
        try (var watched = WatchedPage.open("/ui/services/payments?status=unhealthy")) {
            var page = watched.page();
            link(page, "payments-0").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("payments-0")))
                    .isFocused();
            link(page, "Explain").click();
            assertThat(page.locator(".sentence")).containsText("is not discovered. The instance is unhealthy.");
            page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages of the instance"))
                    .getByText("History")
                    .click();
            assertThat(page.locator("tbody")).containsText("canary");
            assertThat(page.locator("tbody")).containsText("1.4.2");
            assertThat(page.locator("tbody")).containsText("1.5.0");
        }
    }

    @Test
    void goneInstance_saysWhoRemovedIt_andWhenItWasThere() {
        try (var watched = WatchedPage.open("/ui/instances/orders-4")) {
            var page = watched.page();
            assertThat(page.getByText("The instance is gone.")).isVisible();
            assertThat(page.locator(".empty")).containsText("it looked like the old one");
            watched.expectErrors();
            link(page, "Show the last moment at which it was there").click();
            assertThat(page.getByText("Past: ")).isVisible();
            assertThat(page.locator(".facts").first()).containsText("1.9.7");
            assertThat(page.getByText("Only known of now.").first()).isVisible();
        }
    }

    @Test
    void hostileValues_areShownAsText() {
        samples.registerHostile();
        try (var watched = WatchedPage.open("/ui/instances/hostile-1")) {
            var page = watched.page();
            assertThat(page.getByText("<img src=x onerror=alert(1)>")).isVisible();
            assertThat(page.getByText("javascript:alert(1)")).isVisible();
            assertThat(page.locator("a[href^='javascript']")).hasCount(0);
            assertThat(page.getByText("very-secret")).hasCount(0);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("show"))
                    .click();
            assertThat(page.getByText("very-secret")).isVisible();
            watched.go("/ui/services/hostile/history");
            assertThat(page.locator("tbody")).containsText("<svg onload=alert(1)>");
            watched.go("/ui/services?q=hostile");
            assertThat(page.locator("tbody tr")).hasCount(1);
        } finally {
            samples.removeHostile();
        }
    }

    @Test
    void previousChange_leadsToTheStateBeforeIt() {
        samples.put("stock-3", "{\"weight\":31,\"reason\":\"first\"}");
        samples.put("stock-3", "{\"weight\":32,\"reason\":\"second\"}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/instances/stock-3")) {
            var page = watched.page();
            assertThat(page.locator(".facts").first()).containsText("32");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("‹ change"))
                    .click();
            assertThat(page.locator(".facts").first()).containsText("31");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("change ›"))
                    .click();
            assertThat(page.locator(".facts").first()).containsText("32");
            assertThat(page.locator(".frame")).hasClass("frame");
        }
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
