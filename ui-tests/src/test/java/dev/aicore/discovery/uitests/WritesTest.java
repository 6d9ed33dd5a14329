package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes instances by dialogs. */
@Tag("ui")
class WritesTest {

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void drain_asksForAReason_andShowsThePositionOfTheOutcome() {
        try (var watched = WatchedPage.open("/ui/instances/catalog-1")) {
            var page = watched.page();
            button(page, "Drain…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("declared active → draining");
            dialog.getByLabel("Reason (optional)").fill("Umzug ins ‚neue‘ Rack");
            dialog.getByText("The request as a command").click();
            assertThat(dialog.locator("pre")).containsText("$REGISTRY/api/v1/services/catalog-1");
            assertThat(dialog.locator("pre")).containsText("$REGISTRY_TOKEN");
            dialog.getByRole(AriaRole.BUTTON, name("Drain")).click();

            assertThat(page.locator(".outcome-place"))
                    .containsText(Pattern.compile("catalog-1 is declared draining\\. Position"));
            assertThat(page.locator(".page-head")).containsText("draining");
            assertThat(button(page, "Activate…")).isVisible();
            watched.go("/ui/instances/catalog-1/history");
            assertThat(page.locator("tbody")).containsText("Umzug ins ‚neue‘ Rack");
        } finally {
            samples.put("catalog-1", "{\"status\":\"active\"}");
        }
    }

    @Test
    void deregister_needsAReason_andLeavesTheHistory() {
        samples.register("gone-soon", 1, "1.0.0");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/instances/gone-soon-0")) {
            var page = watched.page();
            button(page, "Deregister…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            var send = dialog.getByRole(AriaRole.BUTTON, name("Deregister"));
            assertThat(send).isDisabled();
            page.keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            assertThat(button(page, "Deregister…")).isFocused();

            page.keyboard().press("Enter");
            dialog.getByLabel("Reason").fill("no longer needed");
            page.keyboard().press("Enter");
            assertThat(page.getByText("The instance is gone.")).isVisible();
            assertThat(page.locator(".empty")).containsText("no longer needed");
            watched.expectErrors();
        }
    }

    @Test
    void selectedInstances_areChangedWithAnOutcomeEach() {
        try (var watched = WatchedPage.open("/ui/services/stock")) {
            var page = watched.page();
            page.getByLabel("Select stock-0").check();
            page.getByLabel("Select stock-1").check();
            page.getByRole(AriaRole.GROUP, group("Actions for the selected instances"))
                    .getByRole(AriaRole.BUTTON, name("Maintenance…"))
                    .click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByLabel("Reason (optional)").fill("kernel");
            dialog.getByRole(AriaRole.BUTTON, name("Put into maintenance")).click();
            assertThat(dialog.getByText(Pattern.compile("done, position"))).hasCount(2);
            dialog.getByRole(AriaRole.BUTTON, name("Close")).click();
            assertThat(page.locator(".totals")).containsText(Pattern.compile("‖.*2"));
        } finally {
            samples.put("stock-0", "{\"status\":\"active\"}");
            samples.put("stock-1", "{\"status\":\"active\"}");
        }
    }

    @Test
    void weight_isCheckedBeforeItIsSent() {
        try (var watched = WatchedPage.open("/ui/instances/images-3")) {
            var page = watched.page();
            button(page, "Weight…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            var send = dialog.getByRole(AriaRole.BUTTON, name("Set the weight"));
            dialog.getByLabel("Weight").fill("70000");
            assertThat(send).isDisabled();
            dialog.getByLabel("Weight").fill("33");
            send.click();
            assertThat(page.locator(".facts").first()).containsText("33");
        }
    }

    @Test
    void past_offersOnlyToBringTheServiceBack() {
        samples.register("restored", 3, "1.0.0");
        samples.settle();
        long before = samples.position();
        samples.delete("restored-1", "by mistake");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/restored?at=" + before)) {
            var page = watched.page();
            assertThat(page.locator("tbody tr")).hasCount(3);
            assertThat(page.getByLabel("Select restored-0")).hasCount(0);
            button(page, "Bring restored back to this…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("1 of 3 instances would change.");
            assertThat(dialog.locator("tbody")).containsText("restored-1");
            dialog.getByLabel("Reason").fill("it was a mistake");
            watched.picture("restore-dialog");
            dialog.getByRole(AriaRole.BUTTON, name("Restore")).click();
            assertThat(page.locator(".outcome-place")).containsText("1 instances restored");
            page.keyboard().press("n");
            assertThat(page.locator("tbody tr")).hasCount(3);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions name(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions group(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
