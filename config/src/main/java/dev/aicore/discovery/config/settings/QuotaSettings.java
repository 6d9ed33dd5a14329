package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many instances may be registered; what is registered already is never refused.
 *
 * @param perService   1 to 10,000,000; of one service
 * @param perPrincipal 1 to 10,000,000; of one principal in one shard, of which a service has one
 */
@ConfigurationProperties("service-discovery.quotas")
public record QuotaSettings(int perService, int perPrincipal) {

    public QuotaSettings {
        perService = Bounds.between("quotas.per_service", perService, 1, 10_000_000);
        perPrincipal = Bounds.between("quotas.per_principal", perPrincipal, 1, 10_000_000);
    }
}
