/**
 * Configurations of the registry as property sources of Spring Boot.
 *
 * <pre>
 * spring.config.import=service-discovery: ──▶ RegistryConfigLocationResolver ──▶ RegistryConfigResource
 *                                             RegistryConfigLoader ──▶ RegistryPropertySource "orders@13"
 * newer version ──▶ ConfigurationWatch ──▶ ConfigurationUpdate: TrialBinding ── fails ──▶ the old one stays
 *                                              │ works
 *                                              └──▶ environment, ConfigurationChanged, refresh of Spring Cloud
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.spring.configdata;

import org.jspecify.annotations.NullMarked;
