/**
 * Serves Consul's HTTP API below {@code /v1}, so that unchanged Consul clients register and discover here.
 *
 * <pre>
 *   PUT agent/… ─ ConsulAgentController ─ ServiceRegistration ─ RegistrationTranslator ─ native document ─ command side
 *   GET health/…, catalog/… ─ ConsulReadController ─ snapshot of the query side ─ ConsulDocuments ─ JSON
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.consul;

import org.jspecify.annotations.NullMarked;
