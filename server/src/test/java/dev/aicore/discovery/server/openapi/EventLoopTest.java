package dev.aicore.discovery.server.openapi;

import dev.aicore.discovery.config.testing.EventLoopContract;

class EventLoopTest extends EventLoopContract {}
