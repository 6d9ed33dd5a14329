/**
 * Folds configurations: their current versions, all past versions and their JSON schemas; and the keys of the key/value
 * store.
 * {@link ConfigurationProjection} receives the facts; the folds work in memory and write with one statement per table.
 *
 * <pre>{@code
 * ConfigurationFact -> ConfigurationProjection -> ConfigurationFold -> configurations, configuration_versions
 *                                              -> SchemaFold        -> configuration_schemas
 * KeyValueFact      -> ConfigurationProjection -> KeyValueFold      -> key_values
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.configuration;

import org.jspecify.annotations.NullMarked;
