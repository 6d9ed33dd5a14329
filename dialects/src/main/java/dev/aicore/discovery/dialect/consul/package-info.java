/**
 * Serves Consul's HTTP API below {@code /v1}, so that unchanged Consul clients register and discover here.
 *
 * <pre>
 *   PUT agent/service/… ─ RegistrationDocument, CheckDocument ─ RegistrationTranslator ─ native document ─┐
 *   PUT agent/check/…   ─ CheckReporter, CheckDeclarer ─ InstanceResolver ─ heartbeat, update ───────┴─ command side
 *   GET health/…, catalog/… ─ ServiceContentReader, RegistryReader ─ ConsulInstance ─ ConsulDocuments ─ JSON
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.consul;

import org.jspecify.annotations.NullMarked;
