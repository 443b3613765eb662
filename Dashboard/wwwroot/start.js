// Live pages use only a WebSocket: there is nothing to negotiate, which saves a round trip before a page is live.
let wasLive = false;

// If the first connection fails, the page stops and says so. If a later one fails, it is tried again, as the reconnect dialog says.
// blazor.web.js distinguishes the two by the type of the error, which it knows only where a connection is negotiated.
const withErrorType = connection => {
  const start = connection.start.bind(connection);
  connection.start = async () => {
    try {
      await start();
      wasLive = true;
    } catch (error) {
      if (wasLive) {
        error.errorType = 'FailedToNegotiateWithServerError';
      }

      throw error;
    }
  };
  return connection;
};

// At once, then soon: another console may take over. After about half a minute the reconnect dialog goes on, every 3 s.
const msUntilTry = earlierTries => earlierTries === 0 ? 0 : earlierTries < 10 ? 300 : 1000;

Blazor.start({
  circuit: {
    reconnectionOptions: { maxRetries: 40, retryIntervalMilliseconds: msUntilTry },
    configureSignalR: builder => {
      builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 });
      const build = builder.build.bind(builder);
      builder.build = () => withErrorType(build());
    },
  },
});
