/** The side that decides. */
@NullMarked
package dev.aicore.discovery.command;

import org.jspecify.annotations.NullMarked;
