// Live pages use a WebSocket and nothing else: there is nothing to negotiate, and one round trip less before a page is live.
Blazor.start({
  circuit: { configureSignalR: builder => builder.withUrl('_blazor', { skipNegotiation: true, transport: 1 }) },
});
