package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.command.shard.DeclarationMerger;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import java.time.Duration;
import java.util.Map;

/** Merges patches as the registry does with its default settings. */
public final class TestDeclarationMerger {

    private TestDeclarationMerger() {}

    public static DeclarationMerger usual() {
        return new MergePatchApplier(form());
    }

    static DeclarationParser form() {
        var registration = new RegistrationSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(1), 1_000);
        var checks = SettingsBinder.with(Map.of("service-discovery.registry.health-checks.default-interval", "10s"))
                .get(HealthCheckSettings.class);
        return new DeclarationParser(registration, new HealthCheckParser(checks));
    }
}
