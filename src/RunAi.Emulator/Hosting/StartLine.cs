namespace RunAi.Emulator.Hosting;

/// <summary>The one line on standard output when the emulator is ready: how to reach it.</summary>
internal sealed record StartLine(string Uri, string ClientId, string ClientSecret, string Project);
