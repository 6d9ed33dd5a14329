package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether callers must say who they are at all.
 *
 * @param anonymousAdminForEveryoneWhoCanConnect true lets every caller act as admin, from any address and without a token; refused
 *                                               outside the development environment
 * @param generateMissingSecret true has a start that needs {@code auth.jwt.secret}, and finds none, make one in the data directory,
 *                              and an admin's key beside it; false refuses such a start
 */
@ConfigurationProperties("service-discovery.auth")
public record AuthSettings(boolean anonymousAdminForEveryoneWhoCanConnect, boolean generateMissingSecret) {}
