/**
 * Starts the registry: {@link ServiceDiscovery} is the main class of the executable, {@link ServerConfiguration} wires
 * one process with the sides that its target names. Initializers check the settings and start the embedded stores
 * before any bean is created.
 *
 * <pre>{@code
 * main -> config check|show -> ConfigCommand
 *      -> ctl               -> ctl.CtlApplication
 *      -> CommandLineFlags  -> LogFile, StartupSecurityCheck, EmbeddedStoreLauncher
 *                           -> ServerConfiguration -> TargetImportSelector -> sides
 *                           -> UrlFilePublisher, ReadinessAnnouncer
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server;

import org.jspecify.annotations.NullMarked;
