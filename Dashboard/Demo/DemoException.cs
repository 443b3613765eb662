namespace Dashboard.Demo;

/// <summary>The demo cannot start. The message is for the person who ran <c>./demo</c>: what is wrong and what to do.</summary>
internal sealed class DemoException(string message) : Exception(message);
