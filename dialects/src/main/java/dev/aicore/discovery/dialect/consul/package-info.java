/**
 * Serves Consul's HTTP API below {@code /v1}, so that unchanged Consul clients register and discover here.
 *
 * <pre>
 *   PUT agent/service/… ─ RegistrationDocument, CheckDocument ─ RegistrationTranslator ─ native document ─┐
 *   PUT agent/check/…   ─ CheckReporter, CheckDeclarer ─ InstanceResolver ─ heartbeat, update ───────┴─ command side
 *   GET health/…, catalog/… ─ ServiceContentReader, RegistryReader ─ ConsulInstance ─ ConsulDocuments ─ JSON
 *   PUT kv/…            ─ KeyPath, ConfigurationValue ─ KeyValueStore ─ keys and configurations ────┘
 *   GET kv/…            ─ KeyValueQueryService ─ KeyValueDocuments ─ JSON
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.consul;

import org.jspecify.annotations.NullMarked;
