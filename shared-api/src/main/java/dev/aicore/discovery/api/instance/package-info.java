@NullMarked
package dev.aicore.discovery.api.instance;

import org.jspecify.annotations.NullMarked;
