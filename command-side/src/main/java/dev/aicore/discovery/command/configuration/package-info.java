/** Versioned configurations: the book that decides them, what checks them, and the routes that write in it. */
@NullMarked
package dev.aicore.discovery.command.configuration;

import org.jspecify.annotations.NullMarked;
