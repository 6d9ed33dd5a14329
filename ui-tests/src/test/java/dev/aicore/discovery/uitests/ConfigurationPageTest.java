package dev.aicore.discovery.uitests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uses the configuration of a service: versions, differences, changes, and its schema. */
@Tag("ui")
class ConfigurationPageTest {

    private final SampleRegistry samples = BrowserFixture.shared().samples();

    @Test
    void versions_areListedWithTheirAuthors_andCompared() {
        try (var watched = WatchedPage.open("/ui/services/payments/configuration")) {
            var page = watched.page();
            assertThat(page.locator(".versions li")).hasCount(3);
            assertThat(page.locator(".versions li").first()).containsText("content of version 1");
            assertThat(page.locator(".versions li").first()).containsText("the pool was too large");
            assertThat(page.getByRole(AriaRole.REGION, region("Content"))).containsText("12345678901234567890");
            button(page, "compare with version 3").first().click();
            assertThat(page.locator("tbody")).containsText("/pool/size");
            assertThat(page.locator(".diff del").first()).containsText("\"size\": 400");
            assertThat(page.locator(".diff ins").first()).containsText("\"size\": 20");
        }
    }

    @Test
    void editor_showsTheDiff_andKeepsTheDigitsOfNumbers() {
        samples.configure("edited", "{\"id\":12345678901234567890,\"share\":0.10,\"size\":1}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/edited/configuration")) {
            var page = watched.page();
            button(page, "Edit…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            var store = dialog.getByRole(AriaRole.BUTTON, name("Store"));
            var text = dialog.getByRole(AriaRole.TEXTBOX).first();
            assertThat(store).isDisabled();
            text.fill("{\"id\": 1,}");
            assertThat(dialog.locator(".fault")).containsText(Pattern.compile("line 1, column"));
            assertThat(store).isDisabled();
            text.fill("{\n  \"id\": 12345678901234567890,\n  \"share\": 0.10,\n  \"size\": 2\n}");
            assertThat(dialog.locator(".diff del")).hasText(Pattern.compile("- +\"size\": 1\\s*"));
            assertThat(dialog.locator(".diff ins")).hasText(Pattern.compile("\\+ +\"size\": 2\\s*"));
            dialog.getByLabel("Reason (optional)").fill("larger");
            store.click();
            assertThat(page.locator(".outcome-place")).containsText("Version 2 of edited is stored.");
            assertThat(page.getByRole(AriaRole.REGION, region("Content"))).containsText("0.10");
            assertThat(page.locator(".versions")).containsText("larger");
        }
    }

    @Test
    void editor_showsBothVersions_ifAnotherWasStoredMeanwhile() {
        samples.configure("contested", "{\"size\":1}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/contested/configuration")) {
            var page = watched.page();
            button(page, "Edit…").click();
            samples.configure("contested", "{\"size\":7}");
            samples.settle();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByRole(AriaRole.TEXTBOX).first().fill("{\n  \"size\": 3\n}");
            dialog.getByRole(AriaRole.BUTTON, name("Store")).click();

            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("precondition_failed");
            assertThat(dialog).containsText("Version 2 was stored meanwhile");
            assertThat(dialog.locator(".diff").last()).containsText("\"size\": 7");
            watched.picture("fault-412");
            watched.expectErrors();
            dialog.getByRole(AriaRole.BUTTON, name("Keep my text, and replace version 2"))
                    .click();
            dialog.getByRole(AriaRole.BUTTON, name("Store")).click();
            assertThat(page.locator(".outcome-place")).containsText("Version 3 of contested is stored.");
        }
    }

    @Test
    void rollback_saysWhatItChanges_andNeedsAReason() {
        samples.configure("rolled", "{\"size\":1}");
        samples.configure("rolled", "{\"size\":9}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/rolled/configuration?version=1")) {
            var page = watched.page();
            button(page, "Roll back to version 1…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("Version 3 will say what version 1 said.");
            assertThat(dialog.locator(".diff")).containsText("\"size\": 9");
            dialog.getByLabel("Reason").fill("nine was too many");
            watched.picture("rollback-dialog");
            dialog.getByRole(AriaRole.BUTTON, name("Roll back to version 1")).click();
            assertThat(page.locator(".outcome-place")).containsText("Version 3 of rolled says what version 1 said.");
            assertThat(page.locator(".versions")).containsText("nine was too many");
        }
    }

    @Test
    void schema_isDeclared_andRefusesWhatViolatesIt() {
        samples.configure("checked", "{\"size\":1}");
        samples.settle();
        try (var watched = WatchedPage.open("/ui/services/checked/configuration?view=schema")) {
            var page = watched.page();
            button(page, "Declare a schema…").click();
            var dialog = page.getByRole(AriaRole.DIALOG);
            dialog.getByRole(AriaRole.TEXTBOX)
                    .first()
                    .fill("{\"properties\": {\"size\": {\"type\": \"integer\", \"maximum\": 5}}}");
            dialog.getByRole(AriaRole.BUTTON, name("Store")).click();
            assertThat(page.locator(".outcome-place")).containsText("The schema of checked is stored.");
            watched.expectErrors();

            watched.go("/ui/services/checked/configuration");
            button(page, "Edit…").click();
            dialog.getByRole(AriaRole.TEXTBOX).first().fill("{\"size\": 6}");
            dialog.getByRole(AriaRole.BUTTON, name("Store")).click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("schema_violated");
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("size");
            watched.expectErrors();
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions name(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions region(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
