/** Log of the facts that this process appends, one line per fact. */
@NullMarked
package dev.aicore.discovery.command.history;

import org.jspecify.annotations.NullMarked;
