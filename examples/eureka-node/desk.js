// Registers a service by an unchanged Eureka client, and carries out the commands of its standard input: `instances NAME`,
// `registrations` and `quit`, which deregisters. Prints one line per command.
// Usage: npm ci && node desk.js [URL of the registry]
'use strict';
const readline = require('node:readline');
const { Eureka } = require('eureka-js-client');

const url = new URL(process.argv[2] || 'http://127.0.0.1:8080');

const client = new Eureka({
  eureka: {
    // Host and port of the registry: all that changes from Eureka. The default servicePath, /eureka/v2/apps/, is served, too.
    host: url.hostname,
    port: Number(url.port) || 80,
    heartbeatInterval: 1000,
    registryFetchInterval: 1000,
    maxRetries: 0,
  },
  instance: {
    app: 'node-desk',
    instanceId: 'desk-1',
    hostName: '10.0.0.7',
    ipAddr: '10.0.0.7',
    port: { $: 8080, '@enabled': true },
    vipAddress: 'node-desk',
    dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
    leaseInfo: { renewalIntervalInSecs: 1, durationInSecs: 10 },
  },
  logger: { debug() {}, info() {}, warn() {}, error: console.error },
});

let registrations = 0;
client.on('registered', () => registrations++);

function answer(line) {
  console.log('> ' + line);
}

async function obey(commands) {
  for await (const command of commands) {
    const [word, name] = command.split(' ');
    if (word === 'instances') {
      const found = client.getInstancesByAppId(name).map((one) => `${one.hostName}:${one.port.$}`);
      answer(['instances', ...found.sort()].join(' '));
    } else if (word === 'registrations') {
      answer('registrations ' + registrations);
    } else if (word === 'quit') {
      break;
    } else {
      answer('unknown command');
    }
  }
  client.stop((failure) => process.exit(failure ? 1 : 0));
}

client.start((failure) => {
  if (failure) {
    console.error(failure);
    process.exit(1);
  }
  answer('ready desk-1');
  obey(readline.createInterface({ input: process.stdin }));
});
