@NullMarked
package dev.aicore.discovery.query.consistency;

import org.jspecify.annotations.NullMarked;
