// Live pages use a WebSocket and nothing else: there is nothing to negotiate, and one round trip less before a page is live.
let wasLive = false;

// A first connection that fails stops the page, and the page says so. A later one that fails is tried again: the reconnect dialog
// says that. blazor.web.js tells the two apart by the type of the error, which it knows only where a connection is negotiated.
const toldApart = connection => {
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

Blazor.start({
  circuit: {
    configureSignalR: builder => {
      builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 });
      const build = builder.build.bind(builder);
      builder.build = () => toldApart(build());
    },
  },
});
