package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of authentication as a whole.
 *
 * @param anonymousAdminForEveryoneWhoCanConnect true lets every caller act as admin, from any address and without
 *     credentials; refused outside the development environment
 * @param generateMissingSecret true generates a missing {@code auth.jwt.secret} in the data directory at a start that
 *     needs it, with an admin key beside it; false refuses such a start
 */
@ConfigurationProperties("service-discovery.auth")
public record AuthSettings(boolean anonymousAdminForEveryoneWhoCanConnect, boolean generateMissingSecret) {}
