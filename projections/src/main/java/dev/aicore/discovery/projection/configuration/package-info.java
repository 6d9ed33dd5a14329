/**
 * Folds configurations: their current versions, all past versions and their JSON schemas.
 * {@link ConfigurationProjection} receives the facts; the folds work in memory and write with one statement per table.
 *
 * <pre>{@code
 * ConfigurationFact -> ConfigurationProjection -> ConfigurationFold -> configurations, configuration_versions
 *                                              -> SchemaFold        -> configuration_schemas
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.configuration;

import org.jspecify.annotations.NullMarked;
