/**
 * Versioned configurations of services and their JSON schemas: commands and facts.
 *
 * <p>One aggregate with a stream of its own, {@link ConfigurationFact.ConfigurationStream}, decides every
 * {@link ConfigurationCommand} in one order. It checks the {@link ConfigurationPrecondition} and the schema, and emits
 * a {@link ConfigurationFact}. Versions and schema revisions are exposed as entity tags by {@link ConfigurationETag}.
 *
 * <pre>{@code
 * ConfigurationCommand -> aggregate -> ConfigurationFact -> tables of configurations, versions and schemas
 *                                   -> Outcome.Configured or Outcome.Refused
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.configuration;

import org.jspecify.annotations.NullMarked;
