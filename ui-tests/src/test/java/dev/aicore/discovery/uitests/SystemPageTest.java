package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses the pages of the registry itself, of traffic and discovery, and of access. */
@Tag("ui")
class SystemPageTest {

    @Test
    void status_showsPartsAndPosition() {
        try (var watched = WatchedPage.open("/ui/system")) {
            var page = watched.page();
            assertThat(page.locator(".totals")).containsText("ready");
            assertThat(page.locator(".states-of")).containsText("postgres");
            assertThat(page.locator("tbody")).containsText("instances");
            assertThat(page.getByText("No service is held back: leases end as usual."))
                    .isVisible();
        }
    }

    @Test
    void verify_endsWithEqualChecksums() {
        try (var watched = WatchedPage.open("/ui/system/projections")) {
            var page = watched.page();
            page.locator("tbody tr")
                    .filter(new Locator.FilterOptions().setHasText("instances"))
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Verify…"))
                    .click();
            page.getByRole(AriaRole.DIALOG)
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Verify"))
                    .click();
            assertThat(page.getByText("● equal").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
            assertThat(page.getByRole(AriaRole.HEADING, heading("Last verify of instances: done")))
                    .isVisible();
            watched.picture("projections-verified");
        }
    }

    @Test
    void traffic_showsPicksAgainstWeights_andIsReset() {
        BrowserFixture.shared().samples().discover("traffic-shown", 12);
        try (var watched = WatchedPage.open("/ui/services/traffic-shown/traffic")) {
            var page = watched.page();
            assertThat(page.locator(".totals")).containsText("12 picks");
            assertThat(page.locator("tbody tr")).hasCount(2);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reset…"))
                    .click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Reason").fill("the test is over");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reset"))
                    .click();
            assertThat(page.locator(".totals")).containsText(Pattern.compile("^0 picks"));
        }
    }

    @Test
    void discover_tellsWhyAnInstanceIsLeftOut_andTakesNoTurn() {
        try (var watched = WatchedPage.open("/ui/services/payments/discover")) {
            var page = watched.page();
            var left = page.locator("tr.left-out").first();
            assertThat(left).containsText("unhealthy");
            left.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("why"))
                    .click();
            assertThat(left.locator(".sentence")).containsText("is not discovered. The instance is unhealthy.");
            page.getByLabel("Zone first").fill("b");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask now"))
                    .click();
            assertThat(page).hasURL(Pattern.compile("zone=b"));
            var requests = BrowserFixture.shared().samples().picks("payments");
            page.reload();
            assertThat(page.locator("tbody tr")).hasCount(12);
            assertThat(BrowserFixture.shared().samples().picks("payments"))
                    .as("picks after discovery by the page")
                    .isEqualTo(requests);
        }
    }

    @Test
    void key_isShownOnce_andRevokedByTypingItsOwner() {
        try (var watched = WatchedPage.open("/ui/access/keys")) {
            var page = watched.page();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Issue a key…"))
                    .click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Owner").fill("ui-test");
            dialog.getByLabel("Role").fill("viewer");
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Issue"))
                    .click();
            assertThat(dialog.locator("pre")).containsText(Pattern.compile("^sd_"));
            watched.picture("key-issued");
            var key = dialog.locator("pre").textContent();
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Done"))
                    .click();
            assertThat(page.content()).doesNotContain(key);

            var row = page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("ui-test"));
            row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke…"))
                    .click();
            dialog.getByLabel("Reason").fill("the test is over");
            var revoke = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"));
            assertThat(revoke).isDisabled();
            dialog.getByLabel(Pattern.compile("^Type “ui-test”")).fill("ui-test");
            revoke.click();
            assertThat(row).containsText("revoked");
        }
    }

    private static Page.GetByRoleOptions heading(String text) {
        return new Page.GetByRoleOptions().setName(text);
    }
}
