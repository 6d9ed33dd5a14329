/**
 * Versioned configurations of services and their JSON schemas, and the keys of the key/value store: commands and facts.
 *
 * <p>One aggregate with a stream of its own, {@link ConfigurationFact.ConfigurationStream}, decides every
 * {@link ConfigurationCommand} in one order. It checks the {@link ConfigurationPrecondition} and the schema, and emits
 * a {@link ConfigurationFact}. Versions and schema revisions are exposed as entity tags by {@link ConfigurationETag}.
 *
 * <pre>{@code
 * ConfigurationCommand -> aggregate -> ConfigurationFact -> tables of configurations, versions and schemas
 *                                   -> Outcome.Configured or Outcome.Refused
 * }</pre>
 *
 * <p>Keys have an aggregate and a stream of their own, {@link KeyValueFact.KeyValueStream}, with a
 * {@link KeyValueCommand} and a {@link KeyValueFact}. The key of a service's configuration, {@link ConfigurationKey},
 * is not among them.
 */
@NullMarked
package dev.aicore.discovery.api.configuration;

import org.jspecify.annotations.NullMarked;
